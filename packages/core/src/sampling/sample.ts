/**
 * Drawing pictures, one function for all samplers. The same model and seed give the same pictures whatever the sampler, the
 * count or the batch size, because every random number is addressed by picture and element (noise.ts).
 */

import { checkCount } from "../check-count.ts";
import { OptionError } from "../errors.ts";
import type { Network } from "../network/graph.ts";
import type { Model } from "../network/model.ts";
import { dimensions, type LevelArray, levelArray } from "../picture.ts";
import { checkSeed } from "../random/noise.ts";
import { incrementalSampler } from "../samplers/incremental/sampler.ts";
import type { Sampler } from "../samplers/sampler.ts";
import { labelsOf } from "./labels.ts";
import { checkTemperature } from "./temperature.ts";

/** What to draw. Every option has a default but the class label, which a network with classes needs. */
export interface SampleOptions {
  /** Number of pictures; 1 by default. */
  readonly count?: number;
  /** Whole number, 0 ... 2^53 - 1; 0 by default. */
  readonly seed?: number;
  /**
   * Below 1 safer pictures, above 1 wilder ones, 0 without chance. It divides logits of levels, so that 0 is the most probable level; a mixture's components become
   * as much wider, and 0 is the middle of the likeliest one. 0, or 1e-30 to 1e30; 1 by default.
   */
  readonly temperature?: number;
  /** Class label of all pictures, or one per picture. Required exactly when the network has classes. */
  readonly classLabel?: number | readonly number[];
  /** Index of the first picture: `sample` of 4 from index 2 draws pictures 2 ... 5. 0 by default. */
  readonly firstIndex?: number;
  /** Pictures drawn together; 16 by default. Changes speed and memory, never a picture. */
  readonly batchSize?: number;
  /**
   * Completion: levels given beforehand, both [H, W, C] (the same for all pictures) or [count, H, W, C]; a value is known
   * where `mask` is 1, and not where it is 0. Any region may be given, but only known values *before* a pixel in raster order condition it.
   */
  readonly known?: { readonly levels: LevelArray; readonly mask: Uint8Array };
  /** Report the log-probability of every value drawn (or known), at temperature 1. */
  readonly logProbabilities?: boolean;
  /** Stops the drawing: the generator throws the signal's reason at the next row. */
  readonly signal?: AbortSignal;
  /** How logits are computed; the incremental sampler by default. */
  readonly sampler?: Sampler;
}

/** A batch of pictures as far as they are drawn. Arrays are the generator's own and go on changing: copy what you keep. */
export interface Frame {
  /** Index of the first picture of this batch. */
  readonly firstIndex: number;
  /** Pictures in this batch, B. */
  readonly count: number;
  /** Levels, [B, H, W, C]; 0 where nothing is drawn yet. */
  readonly pixels: LevelArray;
  /** Positions that are final, of H·W. */
  readonly position: number;
  /** True in the last frame of a batch. */
  readonly complete: boolean;
  /** Nats at temperature 1, [B, H, W, C]; null unless asked for. */
  readonly logProbabilities: Float32Array | null;
}

/**
 * Draws pictures, batch after batch; each batch gives a frame after every row (or whatever its sampler does in one piece)
 * and one when it is complete. Stop by `break`: everything is freed.
 *
 * @throws {OptionError} for an option out of range, {SeedError} for a bad seed, {LogitsError} where the model gives no
 * distribution.
 */
export async function* sample(
  model: Model,
  options: SampleOptions = {},
): AsyncGenerator<Frame, void, undefined> {
  const { count = 1, seed = 0, temperature = 1, firstIndex = 0, batchSize = 16, signal } = options;
  const { network } = model;
  const sampler = options.sampler ?? incrementalSampler;
  checkCount("count", count);
  checkCount("batchSize", batchSize);
  if (!(Number.isInteger(firstIndex) && firstIndex >= 0 && firstIndex + count <= 2 ** 32)) {
    throw new OptionError(
      `expected picture indices from 0 to ${2 ** 32 - 1}, got ${count} from ${firstIndex}`,
    );
  }
  checkSeed(seed);
  checkTemperature(temperature);
  const labels = labelsOf(network, options.classLabel, count);
  const size = dimensions(network.picture);
  const positions = network.picture.height * network.picture.width;
  const known = knownOf(network, options.known, count);

  for (let start = 0; start < count; start += batchSize) {
    const batch = Math.min(batchSize, count - start);
    const pixels = levelArray(network.picture.levels, batch * size);
    const logProbabilities = options.logProbabilities ? new Float32Array(batch * size) : null;
    const frame = (position: number): Frame => ({
      firstIndex: firstIndex + start,
      count: batch,
      pixels,
      position,
      complete: position === positions,
      logProbabilities,
    });
    const request = {
      count: batch,
      firstIndex: firstIndex + start,
      seed,
      temperature,
      labels: labels?.slice(start, start + batch) ?? null,
      known: known?.(start, batch) ?? null,
      pixels,
      logProbabilities,
    };
    for await (const position of sampler.draw(model, request)) {
      signal?.throwIfAborted();
      yield frame(position);
    }
  }
}

function knownOf(network: Network, known: SampleOptions["known"], count: number) {
  if (known === undefined) return null;
  const size = dimensions(network.picture);
  const { levels, mask } = known;
  if (!ArrayBuffer.isView(levels) || !ArrayBuffer.isView(mask)) {
    throw new OptionError(
      "expected known levels and mask as arrays of bytes, or of 16 bits, got others; give a Uint8Array",
    );
  }
  const fits = (array: LevelArray) => array.length === size || array.length === count * size;
  if (!fits(levels) || !fits(mask)) {
    throw new OptionError(
      `expected known levels and mask of ${size} values (or ${count} times as many), got ${levels.length} and ${mask.length}`,
    );
  }
  const strange = mask.find((value) => value > 1);
  if (strange !== undefined) {
    throw new OptionError(`expected a mask of 1 where a value is known and 0 elsewhere, got ${strange}`);
  }
  for (let i = 0; i < Math.max(levels.length, mask.length); i++) {
    const level = levels[i % levels.length]!;
    if (mask[i % mask.length] === 1 && level >= network.picture.levels) {
      throw new OptionError(`expected known levels below ${network.picture.levels}, got ${level}`);
    }
  }
  const part = <A extends LevelArray>(array: A, start: number, batch: number): A => {
    if (array.length !== size) return array.subarray(start * size, (start + batch) * size) as A;
    const repeated = new (array.constructor as new (length: number) => A)(batch * size);
    for (let b = 0; b < batch; b++) repeated.set(array, b * size);
    return repeated;
  };
  return (start: number, batch: number) => ({
    levels: part(levels, start, batch),
    mask: part(mask, start, batch),
  });
}
