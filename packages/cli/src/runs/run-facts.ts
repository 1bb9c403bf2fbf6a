/** What a list and a page of a run say of it. */
import type { RunEnd } from "@pixelcnn/runs";

/** Null where nothing was told. */
export function factsOf({ started, step, evaluation }: RunEnd) {
  return {
    started: started?.time ?? null,
    weights: started?.weights ?? null,
    step: Math.max(step?.step ?? 0, evaluation?.step ?? 0),
    epoch: (step ?? evaluation)?.epoch ?? null,
    validation: evaluation?.validation ?? null,
    test: evaluation?.test ?? null,
    speed: step?.imagesPerSecond ?? null,
  };
}

/** A number with so many digits, or – for none. */
export function figure(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined ? "–" : value.toFixed(digits);
}
