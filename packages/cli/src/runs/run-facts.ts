/** What a list and a page of a run say of it. */
import type { RunEnd } from "@pixelcnn/runs";

/** Null where nothing was told. */
export function factsOf({ started, step, evaluation, reached }: RunEnd) {
  return {
    started: started?.time ?? null,
    weights: started?.weights ?? null,
    step: reached?.step ?? 0,
    epoch: reached?.epoch ?? null,
    validation: evaluation?.validation ?? null,
    test: evaluation?.test ?? null,
    speed: step?.imagesPerSecond ?? null,
  };
}

/** A number with so many digits, or – for none. */
export function figure(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined ? "–" : value.toFixed(digits);
}
