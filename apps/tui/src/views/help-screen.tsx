import { Box, Text } from "ink";
import { findKeys } from "../app/find-keys.ts";
import type { KeyBinding } from "../app/keys.ts";
import type { Area } from "../sampling/grid.ts";
import { fittedLine, type Part } from "./fitted-line.ts";
import { ScrolledLines } from "./scrolled-lines.tsx";
import { wrappedWords } from "./wrapped-words.ts";

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

/** Columns between two that lie side by side, or before the marks of what is scrolled away. */
const GAP = 2;

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
  const columns = Array.from({ length: beside }, (_, column) =>
    found
      .slice(column * perColumn, (column + 1) * perColumn)
      .flatMap((binding) => linesOf(binding, width - GAP)),
  );
  const lines = Array.from({ length: Math.max(...columns.map(({ length }) => length)) }, (_, line) =>
    columns
      .map((own) => (own[line] ?? "").padEnd(width))
      .join("")
      .trimEnd(),
  );
  const count = text === "" ? "" : `  ${found.length} of ${bindings.length}`;
  const keys: readonly Part[] =
    text === ""
      ? [["esc closes this", "esc closes"], "type to search", "↑ ↓ scroll"]
      : ["esc shows all", "enter closes this"];
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
        {fittedLine(keys, area.columns)}
      </Text>
    </Box>
  );
}

/** A key and what it does, the words below each other where there is no room beside. */
function linesOf({ shown, about }: KeyBinding, columns: number): string[] {
  return wrappedWords(about, columns - KEY_COLUMNS - 1).map(
    (words, i) => `${(i === 0 ? shown : "").padEnd(KEY_COLUMNS)} ${words}`,
  );
}
