import { positionsOf, type SampleState } from "./state.ts";

/** How fast the sampler is while it is busy, in words; null before that is known. */
export function speedOf(
  sample: SampleState,
): { readonly pictures: string; readonly positions: string } | null {
  const { frame } = sample;
  if (frame === null || frame.busyMs <= 0) return null;
  const perSecond = (frame.drawnPositions / frame.busyMs) * 1000;
  return { pictures: figure(perSecond / positionsOf(sample)), positions: figure(perSecond) };
}

function figure(value: number): string {
  return value >= 99.5 ? Math.round(value).toLocaleString("en") : value.toPrecision(2);
}
