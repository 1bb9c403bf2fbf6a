import { dimensionsOf } from "@pixelcnn/runs/history";
import { Box, Text } from "ink";
import type { RunStatus } from "../runs/run-status.ts";
import { type FollowedRun, secondsLeft } from "../runs/state.ts";
import type { ToldHistory } from "../runs/told-history.ts";

export interface RunDetailsProps {
  readonly run: RunStatus | null;
  readonly name: string;
  readonly followed: FollowedRun | undefined;
  /** What the first line ends with; the message when there is one. */
  readonly message: string;
}

export const DETAIL_ROWS = 3;

/** Where a run stands, in three lines. */
export function RunDetails({ run, name, followed, message }: RunDetailsProps) {
  const lines = detailLines(run, name, followed);
  const shown = message === "" ? lines : [...lines.slice(0, DETAIL_ROWS - 1), message];
  return (
    <Box flexDirection="column" height={DETAIL_ROWS}>
      {shown.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <Text key={i} wrap="truncate" bold={message !== "" && i === DETAIL_ROWS - 1}>
          {line}
        </Text>
      ))}
    </Box>
  );
}

function detailLines(
  run: RunStatus | null,
  name: string,
  followed: FollowedRun | undefined,
): [string, string, string] {
  if (followed === undefined) return [`${name}: reading …`, "", ""];
  if (followed.failure !== null)
    return [`${name}: ${run?.standing ?? "not there yet"}`, followed.failure, ""];
  const { history } = followed;
  const step = history.steps.last;
  const standing = history.done !== null ? (run?.standing ?? "") : (run?.standing ?? "starting");
  const left = run?.standing === "training" && history.done === null ? secondsLeft(followed) : null;
  const place = [`${name}: ${standing}`];
  if (step !== null) {
    place.push(`epoch ${step.epoch}`, `step ${(history.done?.step ?? step.step).toLocaleString("en")}`);
    place.push(`${(100 * (history.done?.interrupted === false ? 1 : step.progress)).toFixed(1)}%`);
  }
  if (run?.standing === "training" && history.done === null) {
    place.push(left === null ? "time left unknown" : `${duration(left)} left`);
  }
  if (step !== null) place.push(`${step.imagesPerSecond.toFixed(1)} pictures/s`);
  return [place.join(" · "), likelihoods(history), setting(history, run?.config ?? null)];
}

/** "train 62.10 nats 0.350 bits/dim · test 60.02 nats 0.338 bits/dim". */
function likelihoods(history: ToldHistory): string {
  const dimensions = dimensionsOf(history);
  const both = (nats: number | null) => {
    if (nats === null) return "not a number";
    const bits = dimensions === null ? "" : ` ${(nats / (dimensions * Math.LN2)).toFixed(4)} bits/dim`;
    return `${nats.toFixed(2)} nats${bits}`;
  };
  const step = history.steps.last;
  const evaluation = history.evaluations.at(-1);
  const parts: string[] = [];
  if (step !== null) parts.push(`train ${both(step.nats)}`);
  parts.push(evaluation === undefined ? "test: not measured yet" : `test ${both(evaluation.test.nats)}`);
  return parts.join(" · ");
}

function setting({ started, steps }: ToldHistory, config: Readonly<Record<string, unknown>> | null): string {
  const parts: string[] = [];
  if (typeof config?.model === "string" && typeof config.dataset === "string") {
    parts.push(`${config.model} on ${config.dataset}`);
  }
  if (started !== null) {
    const { workers } = config ?? {};
    const threads = typeof workers === "number" ? `, ${workers} ${workers === 1 ? "worker" : "workers"}` : "";
    parts.push(`${started.weights.toLocaleString("en")} weights`, `${started.backend}${threads}`);
  }
  const rate = steps.last?.learningRate;
  if (rate !== undefined) parts.push(`learning rate ${rate.toExponential(2)}`);
  return parts.join(" · ");
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
