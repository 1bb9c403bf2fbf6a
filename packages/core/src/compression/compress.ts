/**
 * Lossless compression: a model's likelihood is a code, and arithmetic coding reaches it (MacKay 2003, chapter 6). A value whose level has
 * probability p costs −log₂ p bits, so a picture its log-probability, and all of it bit for bit the same on every machine, for
 * encoder and decoder compute in pinned arithmetic.
 *
 * What comes out are bare messages, one per lane: who keeps them keeps count, lanes, labels, the model and {@link PINNED_ARITHMETIC} too.
 */
import { checkPictures } from "../check-pictures.ts";
import { OptionError, ShapeError } from "../errors.ts";
import type { Model } from "../network/model.ts";
import { dimensions, type LevelArray, levelArray } from "../picture.ts";
import { labelsOf } from "../sampling/labels.ts";
import { BitMeter } from "./bit-meter.ts";
import { codePictures } from "./code-pictures.ts";
import { lanesOf } from "./lanes.ts";
import { RangeDecoder } from "./range-decoder.ts";
import { RangeEncoder } from "./range-encoder.ts";

/** What pictures are compressed with besides the model. */
export interface CompressionOptions {
  /** Class label of all pictures, or one per picture. Required exactly when the network has classes. */
  readonly classLabel?: number | readonly number[];
  /** Receives the bits that every value takes, [count, H, W, C]. */
  readonly bits?: Float32Array;
  /** Told the share that is done, 0 … 1, after every row of a batch. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Messages from which {@link decompress} makes the pictures again with the same model.
 *
 * @param pictures levels, [count, H, W, C].
 * @returns one per lane: min(count, 16) of them; lane l has the pictures l, l + 16, l + 32, …
 * @throws {ShapeError} when `pictures` is not whole pictures, {OptionError} for a level or a class label out of range, {LogitsError}
 * where the model gives no distribution.
 */
export async function compress(
  model: Model,
  pictures: LevelArray,
  options: CompressionOptions = {},
): Promise<Uint8Array[]> {
  const { picture } = model.network;
  const size = dimensions(picture);
  const count = checkPictures(pictures, picture);
  const lanes = lanesOf(count);
  const labels = labelsOf(model.network, options.classLabel, count);
  const { bits, onProgress } = options;
  const encoders = Array.from({ length: lanes }, () => new RangeEncoder());
  const meter = new BitMeter();
  await codePictures(model, { count, lanes, labels, onProgress }, (index, element, counts) => {
    const at = index * size + element;
    const level = pictures[at]!;
    if (bits) {
      meter.bits = 0;
      counts.code(meter, level);
      bits[at] = meter.bits;
    }
    return counts.code(encoders[index % lanes]!, level);
  });
  return encoders.map((encoder) => encoder.finish());
}

/**
 * The pictures that {@link compress} was given. Messages that are not whole, or of another model, give other pictures.
 *
 * @param messages as {@link compress} returned them.
 * @returns levels, [count, H, W, C].
 * @throws {ShapeError} when there are not as many messages as `count` pictures have lanes, {OptionError} and {LogitsError} as above.
 */
export async function decompress(
  model: Model,
  messages: readonly Uint8Array[],
  count: number,
  options: Omit<CompressionOptions, "bits"> = {},
): Promise<LevelArray> {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new OptionError(`expected a count of at least 1 picture, got ${count}`);
  }
  const lanes = lanesOf(count);
  if (messages.length !== lanes) {
    throw new ShapeError(`expected ${lanes} messages for ${count} pictures, got ${messages.length}`);
  }
  const size = dimensions(model.network.picture);
  const { levels } = model.network.picture;
  const pictures = levelArray(levels, count * size);
  const labels = labelsOf(model.network, options.classLabel, count);
  const decoders = messages.map((message) => new RangeDecoder(message));
  await codePictures(
    model,
    { count, lanes, labels, onProgress: options.onProgress },
    (index, element, counts) => {
      const level = counts.code(decoders[index % lanes]!, 0);
      pictures[index * size + element] = level;
      return level;
    },
  );
  return pictures;
}
