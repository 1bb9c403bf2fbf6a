import { Box, Text } from "ink";
import type { KeyBinding } from "../app/keys.ts";
import type { Area } from "../sampling/grid.ts";

/** All keys with what they do, in as many columns as it takes. */
export function HelpScreen({
  bindings,
  area,
}: {
  readonly bindings: readonly KeyBinding[];
  readonly area: Area;
}) {
  const perColumn = Math.max(1, area.rows - 2);
  const columns = Math.ceil(bindings.length / perColumn);
  const width = Math.floor(area.columns / columns) - 1;
  return (
    <Box flexDirection="column">
      <Text bold>Keys</Text>
      <Box gap={1}>
        {Array.from({ length: columns }, (_, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
          <Box key={column} flexDirection="column" width={width}>
            {bindings.slice(column * perColumn, (column + 1) * perColumn).map(({ shown, about }) => (
              <Text key={shown} wrap="truncate">
                <Text bold>{shown.padEnd(8)}</Text> {about}
              </Text>
            ))}
          </Box>
        ))}
      </Box>
      <Text dimColor>esc closes this</Text>
    </Box>
  );
}
