import { Box, Text } from "ink";
import { findKeys } from "../app/find-keys.ts";
import type { KeyBinding } from "../app/keys.ts";
import type { Area } from "../sampling/grid.ts";
import { ScrolledLines } from "./scrolled-lines.tsx";

export interface HelpScreenProps {
  readonly bindings: readonly KeyBinding[];
  /** What was typed to find keys. */
  readonly text: string;
  readonly top: number;
  readonly area: Area;
}

/** Columns of a key and what it does, at least, where several lie side by side. */
const LEAST_COLUMNS = 48;
const KEY_COLUMNS = 9;

/** All keys with what they do, or those that were searched for; as many columns as there is room for, the rest by scrolling. */
export function HelpScreen({ bindings, text, top, area }: HelpScreenProps) {
  const found = findKeys(bindings, text);
  const rows = Math.max(1, area.rows - 2);
  const beside = Math.max(
    1,
    Math.min(Math.ceil(found.length / rows), Math.floor(area.columns / LEAST_COLUMNS)),
  );
  const width = Math.floor(area.columns / beside);
  const perColumn = Math.ceil(found.length / beside);
  const items = found.map(({ shown, about }) => `${shown.padEnd(KEY_COLUMNS)} ${about}`);
  const lines = items
    .slice(0, perColumn)
    .map((_, line) =>
      Array.from({ length: beside }, (_, column) =>
        (items[column * perColumn + line] ?? "").slice(0, width - 1).padEnd(column + 1 < beside ? width : 0),
      ).join(""),
    );
  const count = text === "" ? "" : `  ${found.length} of ${bindings.length}`;
  return (
    <Box flexDirection="column">
      <Text wrap="truncate">
        <Text bold>Keys</Text>
        <Text>{text === "" ? "" : `: ${text}`}</Text>
        <Text inverse> </Text>
        <Text dimColor>{count}</Text>
      </Text>
      <ScrolledLines lines={lines} top={top} rows={rows} columns={area.columns} />
      <Text dimColor wrap="truncate">
        {text === "" ? "esc closes this · type to search · ↑ ↓ scroll" : "esc shows all · enter closes this"}
      </Text>
    </Box>
  );
}
