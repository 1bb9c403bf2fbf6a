import { Box, Text } from "ink";

export function HelpLine({ lines }: { readonly lines: readonly string[] }) {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {lines.map((line) => (
        <Text key={line} dimColor wrap="truncate">
          {line}
        </Text>
      ))}
    </Box>
  );
}
