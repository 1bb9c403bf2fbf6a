import { Box, Text } from "ink";
import type { RunStatus } from "../runs/run-status.ts";
import { hiddenLines } from "./hidden-lines.ts";

export interface RunListProps {
  readonly list: readonly RunStatus[];
  readonly selected: string | null;
  readonly marked: readonly string[];
  /** Rows, the heading included. */
  readonly rows: number;
  readonly columns: number;
}

const STANDING_COLUMNS = 11;
/** From here on there is room for epoch and step. */
const WIDE = 64;

/** The runs around the selected one, a line each; the heading says how many lie above and below. */
export function RunListView({ list, selected, marked, rows, columns }: RunListProps) {
  const shown = Math.max(1, rows - 1);
  const at = list.findIndex(({ name }) => name === selected);
  const from = Math.max(0, Math.min(list.length - shown, at - Math.floor(shown / 2)));
  const isNarrow = columns < WIDE;
  const nameColumns = Math.max(8, Math.min(48, columns - STANDING_COLUMNS - (isNarrow ? 16 : 34)));
  const line = (cells: readonly [string, string, string, string, string]) => {
    const [name, standing, epoch, step, nats] = cells;
    const place = isNarrow ? "" : ` ${epoch.padStart(6)} ${step.padStart(9)}`;
    return `${name.slice(0, nameColumns).padEnd(nameColumns)} ${standing.padEnd(STANDING_COLUMNS)}${place} ${nats.padStart(10)}`;
  };
  return (
    <Box flexDirection="column" height={rows}>
      <Text
        dimColor
        wrap="truncate"
      >{`    ${line([["run", ...hiddenLines(from, list.length - from - shown)].join(" "), "standing", "epoch", "step", "test nats"])}`}</Text>
      {list.slice(from, from + shown).map((run) => {
        const nats = run.testNats === null ? "–" : run.testNats.toFixed(2);
        const bad = run.standing === "damaged" || run.standing === "empty";
        const cells = bad
          ? `${run.name.slice(0, nameColumns).padEnd(nameColumns)} ${run.standing}: ${run.trouble}`
          : line([run.name, run.standing, String(run.epoch), String(run.step), nats]);
        return (
          <Text key={run.name} wrap="truncate" inverse={run.name === selected}>
            {`${run.name === selected ? ">" : " "} ${marked.includes(run.name) ? "●" : " "} ${cells}`}
          </Text>
        );
      })}
    </Box>
  );
}
