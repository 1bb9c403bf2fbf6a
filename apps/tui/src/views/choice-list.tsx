import { Box, Text } from "ink";
import type { Area } from "../sampling/grid.ts";
import { hiddenLines } from "./hidden-lines.ts";

export interface ChoiceListProps {
  readonly title: string;
  /** A name and what is said about it. */
  readonly choices: readonly (readonly [name: string, about: string])[];
  readonly at: number;
  readonly area: Area;
}

/** Cursor, gap and end of a line. */
const AROUND_COLUMNS = 5;
const LEAST_NAME = 16;

/** A list of which one is picked; the part around the cursor when it is longer than the window, and how much lies above and below. */
export function ChoiceList({ title, choices, at, area }: ChoiceListProps) {
  const rows = Math.max(1, area.rows - 2);
  const from = Math.max(0, Math.min(choices.length - rows, at - Math.floor(rows / 2)));
  const widest = (part: 0 | 1) => Math.max(0, ...choices.map((choice) => choice[part].length));
  // A long name gives way to what is said about all of them.
  const width = Math.min(widest(0), Math.max(LEAST_NAME, area.columns - AROUND_COLUMNS - widest(1)));
  return (
    <Box flexDirection="column">
      <Text bold wrap="truncate">
        {[title, ...hiddenLines(from, choices.length - from - rows)].join(" ")}
      </Text>
      {choices.length === 0 && <Text>none</Text>}
      {choices.slice(from, from + rows).map(([name, about], i) => (
        <Text key={name} wrap="truncate" inverse={from + i === at}>
          {`${from + i === at ? ">" : " "} ${cut(name, width)}  ${about} `}
        </Text>
      ))}
      <Text dimColor>↑ ↓ move · enter picks · esc leaves</Text>
    </Box>
  );
}

function cut(name: string, width: number): string {
  return (name.length > width ? `${name.slice(0, width - 1)}…` : name).padEnd(width);
}
