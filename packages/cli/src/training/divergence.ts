/** A training whose loss is no number any more, and what to do then. */
import type { DivergedError } from "@pixelcnn/core/training";
import { invocation } from "../invocation.ts";
import { shellQuote } from "../output/shell-quote.ts";

/** Core's error; its class would load TensorFlow.js before it is needed. */
export function isDiverged(error: unknown): error is DivergedError {
  return error instanceof Error && error.name === ("DivergedError" satisfies DivergedError["name"]);
}

/** @param directory null where nothing is kept. */
export function explainDivergence({ step, nats }: DivergedError, directory: string | null): string {
  const what = `expected a finite loss at step ${step}, got ${nats}`;
  if (directory === null) return `${what}; lower --learning-rate or --clip-norm`;
  return `${what}; go on slower from its newest checkpoint: ${invocation} train --resume ${shellQuote(directory)} --learning-rate <lower>`;
}
