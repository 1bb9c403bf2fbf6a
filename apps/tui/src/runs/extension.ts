/** A finished training that is to go on: how much longer, in the unit that its length was given in. */
import type { RunStatus } from "./run-status.ts";

const units = ["epochs", "steps", "minutes"] as const;

export interface Extension {
  readonly run: string;
  readonly directory: string;
  readonly unit: (typeof units)[number];
  /** What the training has had, in that unit. */
  readonly done: number;
}

/** @returns null when the run does not say how long it was meant to be. */
export function extensionOf({
  name,
  directory,
  config,
  epoch,
  step,
  elapsedMs,
}: RunStatus): Extension | null {
  const reached = { epochs: epoch, steps: step, minutes: (elapsedMs ?? 0) / 60_000 };
  for (const unit of units) {
    const told = config?.[unit];
    if (typeof told !== "number") continue;
    // By the clock it may have ended a little before its time, which counts as had; what has patience, long before.
    const isNearly = unit === "minutes" && config?.patience === undefined;
    const done = isNearly ? Math.max(told, reached.minutes) : reached[unit];
    return { run: name, directory, unit, done: rounded(done) };
  }
  return null;
}

/** To hundredths, upwards: less of it would be no more. */
function rounded(amount: number): number {
  return Math.ceil(100 * amount - 1e-6) / 100;
}

/** How much more the text asks for; null when it is no such amount. Epochs and steps are whole. */
export function amountOf(text: string, unit: Extension["unit"]): number | null {
  const amount = Number(text);
  const isAmount = unit === "minutes" ? /^\d*\.?\d+$/.test(text) && amount > 0 : /^[1-9]\d{0,8}$/.test(text);
  return isAmount ? amount : null;
}

/** Words for `pixelcnn train` that go on with a run to its end, or for so much more than it has had. */
export function resumeWords(directory: string, extension?: Extension, more = 0): string[] {
  const length =
    extension === undefined ? [] : [`--${extension.unit}`, String(rounded(extension.done + more))];
  return ["--resume", `${directory}/`, ...length, "--quiet"];
}
