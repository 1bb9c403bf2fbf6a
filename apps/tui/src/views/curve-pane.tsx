import { Box, Text } from "ink";
import { useMemo } from "react";
import { readingAt, stepAt } from "../runs/chart-readings.ts";
import { type CurveKind, curvesOf, smoothings } from "../runs/curves.ts";
import { type ChartCurve, figureLabel, lineChart } from "../runs/line-chart.ts";
import { historyOf, type RunsState, wantedRuns, wantedSample } from "../runs/state.ts";
import { Chart, colourOfLayer } from "./chart.tsx";

export interface CurvePaneProps {
  readonly runs: RunsState;
  readonly kind: CurveKind;
  readonly columns: number;
  readonly rows: number;
  /** Does the heading say how the curves are drawn? */
  readonly isFirst: boolean;
}

/** Of one run alone the name is that of the curve, of several that of the run. */
type NamedCurve = ChartCurve & { readonly name: string; readonly isRun: boolean };

/** The curves of one kind under a heading; with a cursor the heading has their values there. */
export function CurvePane({ runs, kind, columns, rows, isFirst }: CurvePaneProps) {
  const { selected, marked, followed, isLogarithmic, cursor } = runs;
  const smoothing = smoothings[runs.smoothing]!;
  const scrubbed = runs.scrub === null ? null : (wantedSample(runs)?.step ?? null);
  // Another run that is told of changes nothing here, and most frames tell nothing.
  const { curves, lines, step } = useMemo(() => {
    const named = namedCurves({ selected, marked, followed }, kind, smoothing);
    const at = cursor === null ? scrubbed : stepAt(named, cursor);
    const options = { cursor: at, isLogarithmic };
    return { curves: named, step: at, lines: lineChart(named, { columns, rows: rows - 1 }, options) };
  }, [selected, marked, followed, kind, smoothing, columns, rows, cursor, scrubbed, isLogarithmic]);
  const legend = legendOf(curves, { kind, step, isFirst, columns });
  const drawn = kind === "learning rate" ? [] : [`smoothing ${smoothing}`];
  const how = isFirst ? [...drawn, ...(isLogarithmic ? ["log"] : [])].join(", ") : "";
  return (
    <Box flexDirection="column" width={columns}>
      <Text wrap="truncate">
        <Text bold>{kind}</Text>
        {step !== null && <Text>{` at ${step.toLocaleString("en")}`}</Text>}
        {legend.map(({ layer, said }) => (
          <Text key={layer}>
            {"  "}
            <Text color={colourOfLayer(layer)}>─</Text> {said}
          </Text>
        ))}
        <Text dimColor>{how === "" ? "" : `  ${how}`}</Text>
      </Text>
      <Chart lines={lines} />
    </Box>
  );
}

/** What is said of a kind's own curve beside its figures. */
const LEGEND_SPACE = 24;

/** Less of a name says nothing; the list has its colour. */
const LEAST_NAME = 8;

/** Names and values of curves. Of several runs every one is named once, in the first pane; colours say it in the others. */
function legendOf(
  curves: readonly NamedCurve[],
  {
    kind,
    step,
    isFirst,
    columns,
  }: { readonly kind: CurveKind; readonly step: number | null } & Pick<CurvePaneProps, "isFirst" | "columns">,
): { readonly layer: number; readonly said: string }[] {
  const named = curves.filter(({ name }) => name !== "");
  const most = Math.max(0, Math.floor((columns - LEGEND_SPACE) / Math.max(1, named.length)) - 4);
  return named.flatMap(({ name, points, layer, isRun }) => {
    const value = step === null ? null : readingAt(points, step);
    const label =
      name === kind || (isRun && (!isFirst || most < LEAST_NAME)) ? "" : isRun ? name.slice(0, most) : name;
    const said = [label, value === null ? "" : figureLabel(value)].filter((part) => part !== "").join(" ");
    return said === "" ? [] : [{ layer, said }];
  });
}

/** One run alone has a colour and a name for every curve; several have one each. */
function namedCurves(
  runs: Pick<RunsState, "selected" | "marked" | "followed">,
  kind: CurveKind,
  smoothing: number,
): NamedCurve[] {
  const names = wantedRuns(runs);
  return names.flatMap((run, i) =>
    curvesOf(historyOf(runs, run), kind, smoothing).map((curve, j) => {
      if (names.length === 1) return { ...curve, layer: j, isRun: false };
      return { ...curve, layer: i, name: j === 0 ? run : "", isRun: true };
    }),
  );
}
