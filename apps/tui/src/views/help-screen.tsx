import { Box, Text } from "ink";
import type { KeyBinding } from "../app/keys.ts";
import type { Area } from "../sampling/grid.ts";

/** Where less is left for a key, a word is said in place of a sentence. */
const SENTENCE_COLUMNS = 32;

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
  const isNarrow = width < SENTENCE_COLUMNS;
  return (
    <Box flexDirection="column">
      <Text bold>Keys</Text>
      <Box gap={1}>
        {Array.from({ length: columns }, (_, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
          <Box key={column} flexDirection="column" width={width}>
            {bindings.slice(column * perColumn, (column + 1) * perColumn).map(({ shown, short, about }) => (
              <Text key={shown} wrap="truncate">
                <Text bold>{isNarrow ? shown : shown.padEnd(8)}</Text> {isNarrow ? short : about}
              </Text>
            ))}
          </Box>
        ))}
      </Box>
      <Text dimColor>esc closes this</Text>
    </Box>
  );
}
