/** Class labels for pictures of which nobody says what they show: a label costs a few bits, and the right one saves more. */
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
 * @throws {LogitsError} where the model gives no distribution.
 */
export async function cheapestLabels(
  model: Model,
  { height, width, levels }: Pick<PxcPictures, "height" | "width" | "levels">,
  { onProgress }: Pick<CompressionOptions, "onProgress"> = {},
): Promise<number[]> {
  const fitted = fitModel(model, height, width);
  const size = dimensions(fitted.network.picture);
  const count = levels.length / size;
  const { classes } = fitted.network;
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
