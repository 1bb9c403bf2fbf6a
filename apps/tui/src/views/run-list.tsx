import { Box, Text } from "ink";
import { layerLetter } from "../runs/layer-letter.ts";
import { runColumns, shownColumns } from "../runs/run-columns.ts";
import type { RunOrder } from "../runs/run-order.ts";
import type { RunStatus } from "../runs/run-status.ts";
import { wantedRuns } from "../runs/state.ts";
import { colourOfLayer } from "./chart.tsx";
import { hiddenLines } from "./hidden-lines.ts";
import { scrollMarks } from "./scroll-marks.ts";

export interface RunListProps {
  /** Those that are listed, in their order. */
  readonly list: readonly RunStatus[];
  /** Of so many in all. */
  readonly total: number;
  readonly order: RunOrder;
  readonly selected: string | null;
  readonly marked: readonly string[];
  /** Rows, the heading included. */
  readonly rows: number;
  readonly columns: number;
}

/** Cursor, mark, letter of its curve, and a blank. */
const MARK_COLUMNS = 4;
/** A blank and the scroll mark. */
const SCROLL_COLUMNS = 2;
const LONGEST_NAME = 48;

/** The runs around the selected one, a line each; the heading says how many lie above and below, the mark at the end where. */
export function RunListView({ list, total, order, selected, marked, rows, columns }: RunListProps) {
  const shown = Math.max(1, rows - 1);
  const at = list.findIndex(({ name }) => name === selected);
  const from = Math.max(0, Math.min(list.length - shown, at - Math.floor(shown / 2)));
  const room = columns - MARK_COLUMNS - SCROLL_COLUMNS;
  const cells = shownColumns(columns);
  const taken = cells.reduce((sum, { width }) => sum + (width === 0 ? 0 : width + 1), 0);
  const nameColumns = Math.max(8, Math.min(LONGEST_NAME, room - taken));
  const line = (textOf: (column: (typeof cells)[number]) => string) =>
    cells
      .map((column) => {
        const width = column.width || nameColumns;
        const text = textOf(column).slice(0, width);
        return column.align === "left" ? text.padEnd(width) : text.padStart(width);
      })
      .join(" ");
  const count = list.length === total ? "" : `${list.length}/${total}`;
  const sortedBy = runColumns[order.column]!.name;
  const heading = line(({ name }) => {
    const arrow = name === sortedBy && name !== "run" ? (order.isDescending ? "▼" : "▲") : "";
    const first =
      name === "run"
        ? [
            "run",
            order.isDescending && sortedBy === "run" ? "▼" : "",
            count,
            ...hiddenLines(from, list.length - from - shown),
          ]
        : [arrow, name];
    return first.filter((part) => part !== "").join(name === "run" ? " " : "");
  });
  // In the colour of its curve.
  const charted = wantedRuns({ selected, marked });
  const marks = scrollMarks(shown, from, list.length);
  return (
    <Box flexDirection="column" height={rows}>
      <Text dimColor wrap="truncate">{`${" ".repeat(MARK_COLUMNS)}${heading}`}</Text>
      {list.length === 0 && <Text dimColor>{`${" ".repeat(MARK_COLUMNS)}no run fits; esc shows all`}</Text>}
      {list.slice(from, from + shown).map((run, i) => {
        const isBad = run.standing === "damaged" || run.standing === "empty";
        const text = isBad
          ? `${run.name.slice(0, nameColumns).padEnd(nameColumns)} ${run.standing}: ${run.trouble}`
          : line((column) => column.text(run));
        const isSelected = run.name === selected;
        const layer = charted.length > 1 ? charted.indexOf(run.name) : -1;
        const width = nameColumns + taken;
        return (
          <Text key={run.name} wrap="truncate">
            <Text inverse={isSelected}>
              {isSelected ? ">" : " "}
              <Text {...(layer >= 0 && { color: colourOfLayer(layer) })}>
                {`${marked.includes(run.name) ? "●" : " "}${layer >= 0 ? layerLetter(layer) : " "}`}
              </Text>
              {` ${fitted(text, width)}`}
            </Text>
            <Text dimColor>{marks[i] === undefined ? "" : ` ${marks[i]}`}</Text>
          </Text>
        );
      })}
    </Box>
  );
}

function fitted(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
