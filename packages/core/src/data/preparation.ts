/** From the stored pixels of a data set to the levels of a model, one batch at a time. */
import { type LevelArray, levelArray } from "../picture.ts";
import { type BinariseKind, binarise, checkBinarise } from "./binarise.ts";
import { DataError } from "./data-error.ts";
import type { Dataset, Split } from "./dataset.ts";
import { checkLevels, quantise } from "./quantise.ts";

/** How levels are made from stored pixels. Part of a model: a likelihood means nothing without it. */
export interface Preparation {
  /** K, levels of the model. */
  readonly levels: number;
  /** How two levels were made; null for more than two. */
  readonly binarise: BinariseKind | null;
}

/** The preparation of a data set for K levels; two levels are as stored when the set is binary, else dynamic. */
export function preparationFor(dataset: Dataset, levels: number, kind?: BinariseKind): Preparation {
  checkLevels(levels);
  const ofTwo = dataset.levels === 2 ? "fixed" : "dynamic";
  const preparation = { levels, binarise: kind ?? (levels === 2 ? ofTwo : null) };
  checkPreparation(preparation, dataset);
  return preparation;
}

/**
 * Whether a set's stored pixels can be made the levels of a preparation. Those of a binary set are no bytes: quantised, they would
 * all be black.
 *
 * @throws {DataError} when they cannot.
 */
export function checkPreparation({ levels, binarise }: Preparation, dataset: Dataset): void {
  if (binarise !== null && levels !== 2) {
    throw new DataError(
      `${binarise} binarisation makes 2 levels, got ${levels} levels; leave one of them out`,
    );
  }
  if (dataset.unordered && dataset.levels !== levels) {
    throw new DataError(
      `${dataset.name} has ${dataset.levels} levels that are ${dataset.palette ? "colours" : "names"} without an order, got ${levels}, to which they cannot be rounded; choose ${dataset.levels}, or another set`,
    );
  }
  if (binarise !== null) checkBinarise(binarise, dataset.levels);
  else if (dataset.levels < levels) {
    throw new DataError(
      `${dataset.name} has ${dataset.levels} levels, too few for a model of ${levels}; choose ${dataset.levels}, or another set`,
    );
  }
}

/** Pictures as a model takes them, or windows of pictures (training/window-batch.ts). */
export interface Batch {
  /** [B, H, W, C]; of windows, their own height and width. */
  readonly levels: LevelArray;
  /** Of windows alone: 1 where a pixel lies in its picture, 0 beyond the border, [B, H, W]. */
  readonly inside?: Uint8Array;
  /** Of windows alone: row and column of every one's pixel, [B, 2]. */
  readonly places?: Int32Array;
  /** Of windows alone: for how many pixels of the set each stands, [B]; 1 on average. */
  readonly counts?: Float32Array;
  /** [B]; 0 when the set has no labels. */
  readonly labels: Int32Array;
}

/** Pictures `start` to `end` − 1 of a batch, copied. */
export function cutBatch(batch: Batch, start: number, end: number): Batch {
  return partOf(batch, start, end, "slice");
}

/** The same as views: they are the batch's own memory. */
export function viewBatch(batch: Batch, start: number, end: number): Batch {
  return partOf(batch, start, end, "subarray");
}

function partOf(
  { levels, inside, places, counts, labels }: Batch,
  start: number,
  end: number,
  how: "slice" | "subarray",
): Batch {
  const part = <A extends LevelArray | Int32Array | Float32Array>(values: A): A => {
    const size = values.length / labels.length;
    return values[how](start * size, end * size) as A;
  };
  return {
    levels: part(levels),
    ...(inside && { inside: part(inside) }),
    ...(places && { places: part(places) }),
    ...(counts && { counts: part(counts) }),
    labels: part(labels),
  };
}

/** Where the noise of dynamic binarisation lies. */
export interface PreparationNoise {
  readonly seed: number;
  /** Epoch from 1 in training, 0 in evaluation. */
  readonly time: number;
}

/**
 * Reads pictures and makes them levels.
 *
 * @param indices of pictures in the split, B of them.
 * @throws {DataError} when the preparation does not fit the set.
 */
export function readBatch(
  dataset: Dataset,
  split: Split,
  indices: ArrayLike<number>,
  preparation: Preparation,
  noise: PreparationNoise,
): Batch {
  const read = pictureReader(dataset, split, preparation, noise);
  const size = dataset.height * dataset.width * dataset.channels;
  const levels = levelArray(preparation.levels, indices.length * size);
  const stored = levelArray(Math.max(dataset.levels, preparation.levels), size);
  const labels = new Int32Array(indices.length);
  for (let b = 0; b < indices.length; b++) {
    labels[b] = read(indices[b]!, stored);
    levels.set(stored, b * size);
  }
  return { levels, labels };
}

/**
 * Reads one picture after another as levels: (index, target [H, W, C], with room for what is stored) → its label.
 *
 * @throws {DataError} when the preparation does not fit the set.
 */
export function pictureReader(
  dataset: Dataset,
  split: Split,
  preparation: Preparation,
  noise: PreparationNoise,
): (index: number, target: LevelArray) => number {
  checkPreparation(preparation, dataset);
  const { binarise: kind, levels } = preparation;
  return (index, target) => {
    const label = split.read(index, target, 0);
    if (kind !== null) binarise(target, { kind, storedLevels: dataset.levels, index, ...noise }, target);
    else if (levels !== dataset.levels) quantise(target, levels, target, dataset.levels);
    return label;
  };
}
