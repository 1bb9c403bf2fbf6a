import type { Dataset, Preparation } from "@pixelcnn/core/data";

/** What a training sees, in a few words: "28×28, 16 levels". */
export function describeData(
  { height, width, channels, unordered, palette }: Dataset,
  { levels, binarise }: Preparation,
): string {
  const names = palette ? `${levels} colours` : `${levels} codes`;
  const amounts = binarise === null ? `${levels} levels` : `${binarise} binarisation`;
  const kind = unordered ? names : amounts;
  return `${height}×${width}${channels === 3 ? " RGB" : ""}, ${kind}`;
}
