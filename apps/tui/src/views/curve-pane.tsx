import { Box, Text } from "ink";
import { useMemo } from "react";
import { endOf, readingAt, stepAt } from "../runs/chart-readings.ts";
import { type CurveKind, curvesOf, smoothings } from "../runs/curves.ts";
import { layerLetter } from "../runs/layer-letter.ts";
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

/** Of one run alone the name is that of the curve, of several that of the run, which has a letter too. */
type NamedCurve = ChartCurve & {
  readonly name: string;
  readonly isRun: boolean;
  /** Last step of all curves of its run. */
  readonly end: number;
};

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
        {legend.map(({ layer, sign, said }) => (
          <Text key={layer}>
            {"  "}
            <Text color={colourOfLayer(layer)}>{sign}</Text>
            {said === "" ? "" : ` ${said}`}
          </Text>
        ))}
        <Text dimColor>{how === "" ? "" : `  ${how}`}</Text>
      </Text>
      <Chart lines={lines} />
    </Box>
  );
}

/** The kind, and a step. */
const HEADING_COLUMNS = { kind: 9, step: 12 } as const;
/** Gaps and the letter of a name, and what a value takes. */
const AROUND_NAME = 4;
const VALUE_COLUMNS = 8;
/** Less of a name says nothing; the list has its letter. */
const LEAST_NAME = 6;

/** Names and values of curves. Of several runs every one is named once, in the first pane; letters and colours say it in the others. */
function legendOf(
  curves: readonly NamedCurve[],
  {
    kind,
    step,
    isFirst,
    columns,
  }: { readonly kind: CurveKind; readonly step: number | null } & Pick<CurvePaneProps, "isFirst" | "columns">,
): { readonly layer: number; readonly sign: string; readonly said: string }[] {
  const named = curves.filter(({ name }) => name !== "");
  const heading = HEADING_COLUMNS.kind + (step === null ? 0 : HEADING_COLUMNS.step);
  const around = AROUND_NAME + (step === null ? 0 : VALUE_COLUMNS);
  const most = Math.floor((columns - heading) / Math.max(1, named.length)) - around;
  return named.flatMap(({ name, points, layer, isRun, end }) => {
    const value = step === null || step > end ? null : readingAt(points, step);
    const label =
      name === kind || (isRun && (!isFirst || most < LEAST_NAME)) ? "" : isRun ? name.slice(0, most) : name;
    const read = step === null ? "" : value !== null ? figureLabel(value) : step > end ? "–" : "";
    const said = [label, read].filter((part) => part !== "").join(" ");
    return said === "" && !isRun ? [] : [{ layer, sign: isRun ? layerLetter(layer) : "─", said }];
  });
}

/** One run alone has a colour and a name for every curve; several have one each. */
function namedCurves(
  runs: Pick<RunsState, "selected" | "marked" | "followed">,
  kind: CurveKind,
  smoothing: number,
): NamedCurve[] {
  const names = wantedRuns(runs);
  return names.flatMap((run, i) => {
    const curves = curvesOf(historyOf(runs, run), kind, smoothing);
    const end = endOf(curves);
    return curves.map((curve, j) => {
      if (names.length === 1) return { ...curve, layer: j, isRun: false, end };
      return { ...curve, layer: i, name: j === 0 ? run : "", isRun: true, end, mark: layerLetter(i) };
    });
  });
}
