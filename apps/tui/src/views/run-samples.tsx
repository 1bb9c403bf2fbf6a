import { Box, Text } from "ink";
import type { AppState } from "../app/state.ts";
import { selectedRun } from "../runs/run-selection.ts";
import type { RunStatus } from "../runs/run-status.ts";
import { historyOf, wantedSample } from "../runs/state.ts";
import { textStyleFor } from "../terminal/capabilities.ts";
import { Thumbnails } from "./thumbnails.tsx";

export interface RunSamplesProps {
  readonly state: AppState;
  readonly columns: number;
  readonly rows: number;
}

/** The sheet of the epoch that is looked at. */
export function RunSamples({ state, columns, rows }: RunSamplesProps) {
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
        style={textStyleFor(sample.style, capabilities)}
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
