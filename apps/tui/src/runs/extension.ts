/** A finished training that is to go on: how much longer, in the unit that its length was given in. */
import type { RunStatus } from "./run-status.ts";

const units = ["epochs", "steps", "minutes"] as const;

export interface Extension {
  readonly run: string;
  readonly directory: string;
  readonly unit: (typeof units)[number];
  /** What the training was told, in that unit. */
  readonly done: number;
}

/** @returns null when the run does not say how long it was meant to be. */
export function extensionOf({ name, directory, config }: RunStatus): Extension | null {
  for (const unit of units) {
    const done = config?.[unit];
    if (typeof done === "number") return { run: name, directory, unit, done };
  }
  return null;
}

/** How much more the text asks for; null when it is no such amount. Epochs and steps are whole. */
export function amountOf(text: string, unit: Extension["unit"]): number | null {
  const amount = Number(text);
  const isAmount = unit === "minutes" ? /^\d*\.?\d+$/.test(text) && amount > 0 : /^[1-9]\d{0,8}$/.test(text);
  return isAmount ? amount : null;
}

/** Words for `pixelcnn train` that go on with a run to its end, or for so much more than it was told. */
export function resumeWords(directory: string, extension?: Extension, more = 0): string[] {
  const length = extension === undefined ? [] : [`--${extension.unit}`, String(extension.done + more)];
  return ["--resume", `${directory}/`, ...length, "--quiet"];
}
