/** Models whose logits are not finite at one place, and what every sampler does there, wherever it computes. */
import { expect } from "vitest";
import { dimensions } from "../../src/picture.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { fixedPointSampler } from "../../src/tensors/fixed-point-sampler.ts";
import { drawPictures } from "./draw-pictures.ts";
import { darkPictures, type Overflow, overflowingModel, overflows, placeOf } from "./overflowing-model.ts";
import { product } from "./pairwise.ts";

export interface BrokenCase {
  readonly overflow: Overflow;
  readonly levels: number;
  readonly channels: number;
}

export const brokenCases: readonly BrokenCase[] = product({
  overflow: Object.keys(overflows) as Overflow[],
  levels: [2, 3, 20],
  channels: [1, 3],
});

/** The model of a case, and six pictures of which one has the bright value that breaks it. */
export function brokenModel({ overflow, levels, channels }: BrokenCase) {
  const picture = { height: 3, width: 5, channels, levels };
  const place = placeOf(picture);
  return {
    ...{ picture, place, model: overflowingModel(picture, overflow), given: darkPictures(picture) },
    /** Position of the place among a picture's values. */
    element: (place.y * picture.width + place.x) * channels + place.channel,
  };
}

const options = { count: 6, firstIndex: 10, logProbabilities: false };

/** What follows the bright value is not drawn: an error names picture, position and channel. */
export async function expectNothingDrawn(
  sampler: Sampler,
  broken: BrokenCase,
  temperature: number,
): Promise<void> {
  const { picture, place, model, given: levels, element } = brokenModel(broken);
  const mask = Uint8Array.from(levels, (_, at) => (at % dimensions(picture) < element ? 1 : 0));
  const drawing = drawPictures(model, { ...options, sampler, temperature, known: { levels, mask } });
  await expect(drawing).rejects.toMatchObject(place);
  await expect(drawing).rejects.toThrow(
    `expected finite logits, got NaN or infinity for picture 14 at row 1, column ${place.x}, channel ${place.channel}`,
  );
}

/** It has no probability either, but is taken as it is when nobody asks for one. */
export async function expectNothingScored(sampler: Sampler, broken: BrokenCase): Promise<void> {
  const { place, model, given: levels } = brokenModel(broken);
  const all = { ...options, sampler, known: { levels, mask: new Uint8Array(levels.length).fill(1) } };
  const { channel: _, ...pixel } = place;
  // It computes all channels of a pixel at once, and infinity times a weight that is 0 by its mask is NaN.
  const expected = sampler === fixedPointSampler ? pixel : place;
  await expect(drawPictures(model, { ...all, logProbabilities: true })).rejects.toMatchObject(expected);
  expect((await drawPictures(model, all)).levels).toEqual(levels);
}
