import { Box } from "ink";
import type { CurveKind } from "../runs/curves.ts";
import type { RunsState } from "../runs/state.ts";
import { CurvePane } from "./curve-pane.tsx";

export interface CurvePanesProps {
  readonly runs: RunsState;
  readonly columns: number;
  readonly rows: number;
}

const GAP = 2;

/** Four charts: likelihood, gradient norm, learning rate and speed. */
export function CurvePanes({ runs, columns, rows }: CurvePanesProps) {
  const likelihood: CurveKind = runs.curve === "bits/dim" ? "bits/dim" : "nats";
  const width = Math.floor((columns - GAP) / 2);
  const upper = Math.ceil(rows / 2);
  const pane = (kind: CurveKind, height: number, isFirst = false) => (
    <CurvePane key={kind} {...{ runs, kind, columns: width, rows: height, isFirst }} />
  );
  return (
    <Box flexDirection="column" width={columns}>
      <Box gap={GAP} height={upper}>
        {pane(likelihood, upper, true)}
        {pane("gradient norm", upper)}
      </Box>
      <Box gap={GAP} height={rows - upper}>
        {pane("learning rate", rows - upper)}
        {pane("pictures/s", rows - upper)}
      </Box>
    </Box>
  );
}
