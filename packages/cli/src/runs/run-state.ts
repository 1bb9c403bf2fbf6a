/** Where a run stands, in a word. */
import { isTrained, type RunEnd } from "@pixelcnn/runs";

/** Unfinished: nobody trains it, and its end was never told, as after a power cut. */
export type RunState = "training" | "finished" | "stopped" | "unfinished";

export async function stateOfRun(directory: string, { done }: Pick<RunEnd, "done">): Promise<RunState> {
  if (await isTrained(directory)) return "training";
  if (done === null) return "unfinished";
  return done.interrupted ? "stopped" : "finished";
}

/** The colour that goes with it. */
export const stateColour = {
  training: "cyan",
  finished: "green",
  stopped: "yellow",
  unfinished: "red",
} as const satisfies Record<RunState, string>;
