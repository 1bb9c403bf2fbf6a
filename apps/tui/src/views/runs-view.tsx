import { Box, Text } from "ink";
import { runKeys } from "../app/keys.ts";
import { bodyArea } from "../app/layout.ts";
import type { AppState, Overlay } from "../app/state.ts";
import { matches } from "../runs/run-query.ts";
import { listedRuns, selectedRun } from "../runs/run-selection.ts";
import type { RunStatus } from "../runs/run-status.ts";
import { CurvePane } from "./curve-pane.tsx";
import { CurvePanes } from "./curve-panes.tsx";
import { OverlayView } from "./overlay-view.tsx";
import { DETAIL_ROWS, RunDetails } from "./run-details.tsx";
import { RunListView } from "./run-list.tsx";
import { RunSamples } from "./run-samples.tsx";

/** The list of runs, and of the selected one its figures, its curves and its samples. */
export function RunsView({ state }: { readonly state: AppState }) {
  const { runs, overlay, size, message } = state;
  // The two status rows of the sample view belong to the body here.
  const area = bodyArea(size, runKeys);
  const rows = area.rows + 2;
  if (overlay !== null && overlay.type !== "query") {
    return (
      <Box height={rows} overflowY="hidden" flexDirection="column">
        <OverlayView overlay={overlay} state={state} area={{ ...area, rows: rows - 1 }} />
        {message !== "" && <Text bold>{message}</Text>}
      </Box>
    );
  }
  if (runs.list === null) return <Box height={rows} />;
  if (runs.selected === null) {
    return (
      <Box height={rows} flexDirection="column">
        <Text>{`There are no runs in ${state.runsRoot}.`}</Text>
        <Text dimColor>t starts a training.</Text>
        <Text bold>{message}</Text>
      </Box>
    );
  }
  const list = listedRuns(runs);
  // As many as without a filter, so that nothing jumps while one is typed.
  const listRows = Math.min(runs.list.length, mostRuns(rows)) + 1;
  const below = rows - listRows - DETAIL_ROWS;
  return (
    <Box height={rows} flexDirection="column" overflowY="hidden">
      <RunListView
        list={list}
        total={runs.list.length}
        order={runs.order}
        selected={runs.selected}
        marked={runs.marked}
        rows={listRows}
        columns={area.columns}
      />
      <RunDetails
        run={selectedRun(runs)}
        name={runs.selected}
        followed={runs.followed.get(runs.selected)}
        message={overlay === null ? message : queryLine(overlay, fitsNone(overlay, list))}
      />
      {below >= 3 && <ChartAndSamples state={state} columns={area.columns} rows={below} />}
    </Box>
  );
}

type Query = Extract<Overlay, { type: "query" }>;

/** A list that is empty says so itself. */
function fitsNone({ asks, text }: Query, list: readonly RunStatus[]): boolean {
  return asks === "search" && text.trim() !== "" && !list.some((run) => matches(text, run));
}

function queryLine({ asks, text }: Query, isVain: boolean): string {
  return `${asks}: ${text}▏ ${isVain ? "no run fits" : "enter keeps it"} · esc drops it`;
}

/** Runs in the list: a fifth of the rows, so that most are left for the curves. */
function mostRuns(rows: number): number {
  return Math.min(12, Math.max(2, Math.floor(rows / 5)));
}

/** From here on every figure has a chart, unless somebody wants one alone. */
const PANES = { columns: 120, rows: 24 } as const;
/** Where there is room for curves and samples, side by side. */
const BESIDE_COLUMNS = 60;

interface PartProps {
  readonly state: AppState;
  readonly columns: number;
  readonly rows: number;
}

/** Side by side, both with a heading. */
function ChartAndSamples({ state, columns, rows }: PartProps) {
  const { runs } = state;
  const isLarge = columns >= PANES.columns && rows >= PANES.rows;
  const hasPanes = (runs.panes ?? isLarge) && rows >= 8 && columns >= BESIDE_COLUMNS;
  const share = hasPanes ? (columns >= PANES.columns ? 0.72 : 1) : columns >= BESIDE_COLUMNS ? 0.58 : 1;
  const chartColumns = Math.floor(columns * share);
  const sampleColumns = columns - chartColumns - 2;
  const area = { runs, columns: chartColumns, rows };
  return (
    <Box gap={2} height={rows}>
      {hasPanes ? <CurvePanes {...area} /> : <CurvePane {...area} kind={runs.curve} isFirst />}
      {sampleColumns >= 8 && <RunSamples state={state} columns={sampleColumns} rows={rows} />}
    </Box>
  );
}
