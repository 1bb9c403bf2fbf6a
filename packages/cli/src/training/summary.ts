/** What is left of a training when it has ended: where everything lies, and what one does next. */
import { existsSync } from "node:fs";
import type { DoneEvent } from "@pixelcnn/core/training";
import { layout } from "@pixelcnn/runs";
import { invocation } from "../invocation.ts";
import { durationText } from "../output/duration-text.ts";
import { shellQuote } from "../output/shell-quote.ts";

export interface Ended {
  readonly directory: string;
  /** Path of the newest sheet; null for none. */
  readonly samples: string | null;
  readonly done: DoneEvent | null;
  /** Of the best validation; 0 when nothing was measured. */
  readonly bestEpoch: number;
}

/** Where the model and its samples are: all that --quiet prints. */
export function whereItLies({ directory, samples }: Pick<Ended, "directory" | "samples">): string[] {
  return [`model    ${layout.model(directory)}`, ...(samples === null ? [] : [`samples  ${samples}`])];
}

/** The rest of it, and the next command. */
export function summaryLines(ended: Ended): string[] {
  const { directory, done, bestEpoch } = ended;
  const best = layout.best(directory);
  const trained = done && `${done.step.toLocaleString("en")} steps in ${durationText(done.elapsedMs)}`;
  return [
    ...whereItLies(ended),
    ...(existsSync(best) ? [`best     ${best}${bestEpoch > 0 ? `, of epoch ${bestEpoch}` : ""}`] : []),
    `run      ${directory}${trained ? `, ${trained}` : ""}`,
    "",
    done?.interrupted === true
      ? `stopped and saved; go on with\n  ${invocation} train --resume ${shellQuote(directory)}`
      : `draw from it with\n  ${invocation} generate ${shellQuote(directory)} --show`,
  ];
}
