import { Box, Text } from "ink";
import { scrollMarks } from "./scroll-marks.ts";

export interface ScrolledLinesProps {
  readonly lines: readonly string[];
  /** The first line that is wanted; where the text ends before, its last lines are shown. */
  readonly top: number;
  readonly rows: number;
  readonly columns: number;
}

/** A part of a text, and a mark that says which. */
export function ScrolledLines({ lines, top, rows, columns }: ScrolledLinesProps) {
  const from = Math.max(0, Math.min(top, lines.length - rows));
  const marks = scrollMarks(rows, from, lines.length);
  const width = columns - 2;
  return (
    <Box flexDirection="column">
      {lines.slice(from, from + rows).map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <Text key={i} wrap="truncate">
          {marks.length === 0 ? line || " " : cut(line, width).padEnd(width)}
          <Text dimColor>{marks[i] === undefined ? "" : ` ${marks[i]}`}</Text>
        </Text>
      ))}
    </Box>
  );
}

function cut(line: string, width: number): string {
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}
