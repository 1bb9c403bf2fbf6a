import { Box, Text } from "ink";
import { useMemo } from "react";
import { runKeys } from "../app/keys.ts";
import { bodyArea } from "../app/layout.ts";
import type { AppState } from "../app/state.ts";
import { curvesOf, smoothings } from "../runs/curves.ts";
import { type ChartCurve, lineChart } from "../runs/line-chart.ts";
import type { RunStatus } from "../runs/run-status.ts";
import { historyOf, type RunsState, selectedRun, wantedRuns, wantedSample } from "../runs/state.ts";
import { Chart, colourOfLayer } from "./chart.tsx";
import { OverlayView } from "./overlay-view.tsx";
import { DETAIL_ROWS, RunDetails } from "./run-details.tsx";
import { RunListView } from "./run-list.tsx";
import { Thumbnails } from "./thumbnails.tsx";

/** The list of runs, and of the selected one its figures, its curves and its samples. */
export function RunsView({ state }: { readonly state: AppState }) {
  const { runs, overlay, size, message } = state;
  // The two status rows of the sample view belong to the body here.
  const area = bodyArea(size, runKeys);
  const rows = area.rows + 2;
  if (overlay !== null) {
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
  const listRows = Math.min(runs.list.length, mostRuns(rows)) + 1;
  const below = rows - listRows - DETAIL_ROWS;
  return (
    <Box height={rows} flexDirection="column" overflowY="hidden">
      <RunListView
        list={runs.list}
        selected={runs.selected}
        marked={runs.marked}
        rows={listRows}
        columns={area.columns}
      />
      <RunDetails
        run={selectedRun(runs)}
        name={runs.selected}
        followed={runs.followed.get(runs.selected)}
        message={message}
      />
      {below >= 3 && <ChartAndSamples state={state} columns={area.columns} rows={below} />}
    </Box>
  );
}

/** Runs in the list: a fifth of the rows, so that most are left for the curves. */
function mostRuns(rows: number): number {
  return Math.min(10, Math.max(2, Math.floor(rows / 5)));
}

interface PartProps {
  readonly state: AppState;
  readonly columns: number;
  readonly rows: number;
}

/** Side by side, both with a heading. */
function ChartAndSamples({ state, columns, rows }: PartProps) {
  const chartColumns = columns >= 60 ? Math.floor(columns * 0.58) : columns;
  const sampleColumns = columns - chartColumns - 2;
  return (
    <Box gap={2} height={rows}>
      <CurvesPart state={state} columns={chartColumns} rows={rows} />
      {sampleColumns >= 8 && <SamplesPart state={state} columns={sampleColumns} rows={rows} />}
    </Box>
  );
}

function CurvesPart({ state: { runs }, columns, rows }: PartProps) {
  const smoothing = smoothings[runs.smoothing]!;
  const cursor = runs.scrub === null ? null : (wantedSample(runs)?.step ?? null);
  const { selected, marked, followed, curve } = runs;
  // A long run has a hundred thousand points, and most frames no new one.
  const { curves, lines } = useMemo(() => {
    const named = namedCurves({ selected, marked, followed, curve }, smoothing);
    return { curves: named, lines: lineChart(named, { columns, rows: rows - 1 }, cursor) };
  }, [selected, marked, followed, curve, smoothing, columns, rows, cursor]);
  return (
    <Box flexDirection="column" width={columns}>
      <Text wrap="truncate">
        <Text bold>{runs.curve}</Text>
        {curves
          .filter(({ name }) => name !== "" && name !== runs.curve)
          .map(({ name, layer: colour }) => (
            <Text key={name}>
              {"  "}
              <Text color={colourOfLayer(colour)}>─</Text> {name}
            </Text>
          ))}
        <Text dimColor>{`  smoothing ${smoothing}`}</Text>
      </Text>
      <Chart lines={lines} />
    </Box>
  );
}

/** One run alone has a colour and a name for every curve; several have one each. */
function namedCurves(
  runs: Pick<RunsState, "selected" | "marked" | "followed" | "curve">,
  smoothing: number,
): (ChartCurve & { readonly name: string })[] {
  const names = wantedRuns(runs);
  return names.flatMap((run, i) =>
    curvesOf(historyOf(runs, run), runs.curve, smoothing).map((curve, j) => {
      if (names.length === 1) return { ...curve, layer: j };
      return { ...curve, layer: i, name: j === 0 ? run : "" };
    }),
  );
}

function SamplesPart({ state, columns, rows }: PartProps) {
  const { runs, sample, capabilities } = state;
  const { samples } = historyOf(runs, runs.selected);
  const wanted = wantedSample(runs);
  const sheet = runs.sheet?.run === runs.selected ? runs.sheet : null;
  const heading =
    wanted === null
      ? "samples"
      : `samples ${samples.indexOf(wanted) + 1}/${samples.length}: epoch ${wanted.epoch}, step ${wanted.step}`;
  return (
    <Box flexDirection="column" width={columns}>
      <Text bold wrap="truncate">
        {heading}
      </Text>
      <Thumbnails
        sheet={wanted === null ? null : sheet}
        instead={withoutSheet(selectedRun(runs))}
        columns={columns}
        rows={rows - 1}
        style={sample.style}
        capabilities={capabilities}
      />
    </Box>
  );
}

/** Why there are no samples: they were not asked for, there will be some, or there were none when the training ended. */
function withoutSheet(run: RunStatus | null): string {
  if (run?.config?.samples === 0) return "none: trained with --samples 0";
  return run === null || run.standing === "training" ? "no samples yet" : "no samples";
}
