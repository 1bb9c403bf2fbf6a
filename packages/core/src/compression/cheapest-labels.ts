/** Class labels for pictures of which nobody says what they show: a label costs a few bits, and the right one saves more. */
import { checkPictures } from "../check-pictures.ts";
import { OptionError } from "../errors.ts";
import type { Model } from "../network/model.ts";
import { dimensions } from "../picture.ts";
import { BitMeter } from "./bit-meter.ts";
import { codePictures } from "./code-pictures.ts";
import type { CompressionOptions } from "./compress.ts";
import { fitModel } from "./fit-model.ts";
import { lanesOf } from "./lanes.ts";
import type { PxcPictures } from "./pxc-file.ts";

/**
 * For each picture the class of a model under which it takes the fewest bits, all of which are tried; the lowest of several.
 *
 * @throws {CompressionError} when the model does not model that size, {ShapeError} when `levels` is not whole pictures, {OptionError} for a
 * level out of range or a model without classes, {LogitsError} where the model gives no distribution.
 */
export async function cheapestLabels(
  model: Model,
  { height, width, levels }: Pick<PxcPictures, "height" | "width" | "levels">,
  { onProgress }: Pick<CompressionOptions, "onProgress"> = {},
): Promise<number[]> {
  const fitted = fitModel(model, height, width);
  const { picture, classes } = fitted.network;
  if (classes === 0) {
    throw new OptionError("expected a model with classes, got one without; compress without labels");
  }
  const size = dimensions(picture);
  const count = checkPictures(levels, picture);
  const least = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const labels = new Array<number>(count).fill(0);
  for (let label = 0; label < classes; label++) {
    const meters = labels.map(() => new BitMeter());
    const coding = {
      count,
      lanes: lanesOf(count),
      labels: new Int32Array(count).fill(label),
      onProgress: onProgress && ((share: number) => onProgress((label + share) / classes)),
    };
    await codePictures(fitted, coding, (index, element, counts) =>
      counts.code(meters[index]!, levels[index * size + element]!),
    );
    meters.forEach(({ bits }, index) => {
      if (bits >= least[index]!) return;
      least[index] = bits;
      labels[index] = label;
    });
  }
  return labels;
}
