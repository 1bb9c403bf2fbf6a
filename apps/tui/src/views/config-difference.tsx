import { Box, Text } from "ink";
import { configDifference, type Difference } from "../runs/config-difference.ts";
import type { RunStatus } from "../runs/run-status.ts";
import type { Area } from "../sampling/grid.ts";
import { ScrolledLines } from "./scrolled-lines.tsx";

export interface ConfigDifferenceProps {
  readonly left: RunStatus;
  readonly right: RunStatus;
  readonly top: number;
  readonly area: Area;
}

/** Two runs side by side: what came of them, and the settings that they do not have in common. */
export function ConfigDifferenceView({ left, right, top, area }: ConfigDifferenceProps) {
  const { settings, alike, figures } = configDifference(left, right);
  const all = [...figures, ...settings];
  const nameColumns = Math.min(24, Math.max(...all.map(({ name }) => name.length)) + 1);
  const most = Math.floor((area.columns - nameColumns - 4) / 2);
  const widest = (side: (difference: Difference) => string, run: RunStatus) =>
    Math.min(most, Math.max(run.name.length, ...all.map((difference) => side(difference).length)));
  const leftColumns = widest((difference) => difference.left, left);
  const line = (name: string, a: string, b: string) =>
    `${cut(name, nameColumns)} ${cut(a, leftColumns)}  ${cut(b, most).trimEnd()}`;
  const rows = (list: readonly Difference[]) => list.map(({ name, left, right }) => line(name, left, right));
  const said = alike === 1 ? "1 setting is" : `${alike} settings are`;
  const differing = settings.length === 0 ? ["no setting differs"] : rows(settings);
  const lines = [...rows(figures), "", ...differing, "", `${said} the same in both`];
  return (
    <Box flexDirection="column">
      <Text bold wrap="truncate">
        {line("", left.name, right.name)}
      </Text>
      <ScrolledLines lines={lines} top={top} rows={Math.max(1, area.rows - 2)} columns={area.columns} />
      <Text dimColor>↑ ↓ scroll · esc leaves</Text>
    </Box>
  );
}

function cut(text: string, width: number): string {
  return (text.length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width);
}
