/**
 * The batches of an epoch: whole pictures, each once, or single pixels by chance. Any of them can be made again without those before it.
 */
import type { Dataset, Split } from "../data/dataset.ts";
import { type Batch, type Preparation, readBatch } from "../data/preparation.ts";
import { rememberPictures } from "../data/remember-pictures.ts";
import type { Network } from "../network/graph.ts";
import { windowOf } from "../network/window.ts";
import { Purpose, uniform } from "../random/noise.ts";
import { shuffledIndices } from "./shuffle.ts";
import type { BatchKind } from "./traced-batch.ts";
import { type PixelPlace, readWindows } from "./window-batch.ts";

/** A batch, and where its dropout noise lies. */
export interface AddressedBatch {
  readonly batch: Batch;
  /** Picture indices, or places in a batch of pixels. */
  readonly indices: Uint32Array;
}

/** The batches of one epoch. */
export interface Epoch {
  /** Pictures, or pixels. */
  readonly length: number;
  /**
   * @param position pictures or pixels of the epoch that came before.
   * @param count of them in the batch.
   * @param step from 1.
   */
  batch(position: number, count: number, step: number): AddressedBatch;
}

/** What batches are read from, and how. */
export interface BatchSource {
  readonly dataset: Dataset;
  readonly network: Network;
  readonly preparation: Preparation;
  readonly seed: number;
}

/** Pixels of a picture, where they are counted. */
export function countedInPicture(kind: BatchKind, { height, width }: Dataset): number {
  return kind === "pixels" ? height * width : 1;
}

/** The batches of an epoch (from 1) over a split. @throws {NetworkError} when a network cannot be trained on pixels. */
export function epochOf(kind: BatchKind, source: BatchSource, trained: Split, epoch: number): Epoch {
  return kind === "pixels" ? pixelsOf(source, trained, epoch) : picturesOf(source, trained, epoch);
}

/** Every picture once, in the epoch's own order. */
function picturesOf({ dataset, preparation, seed }: BatchSource, trained: Split, epoch: number): Epoch {
  const split = trained.atEpoch?.(epoch) ?? trained;
  const order = shuffledIndices(split.length, seed, epoch);
  return {
    length: split.length,
    batch(position, count) {
      const indices = order.subarray(position, position + count);
      return { indices, batch: readBatch(dataset, split, indices, preparation, { seed, time: epoch }) };
    },
  };
}

/** Pixels with replacement: an order of all of them would take longer than their training. */
function pixelsOf(source: BatchSource, trained: Split, epoch: number): Epoch {
  const { dataset, network, preparation, seed } = source;
  const { height, width, channels } = dataset;
  // A picture is read as often as it has pixels, on average: too often to be drawn or unpacked each time.
  const split = rememberPictures(
    trained.atEpoch?.(epoch) ?? trained,
    height * width * channels,
    dataset.levels,
  );
  const window = windowOf(network);
  return {
    length: split.length * height * width,
    batch(_, count, step) {
      const indices = Uint32Array.from({ length: count }, (_, place) => place);
      const places = Array.from(indices, (place) => pixelAt(dataset, split, { seed, place, step }));
      const noise = { seed, time: epoch };
      return { indices, batch: readWindows(dataset, split, places, window, preparation, noise) };
    },
  };
}

/** The pixel at a place of a batch: two numbers of one address, its picture and where in it. */
function pixelAt(
  { height, width }: Dataset,
  split: Split,
  { seed, place, step }: { readonly seed: number; readonly place: number; readonly step: number },
): PixelPlace {
  const chosen = (element: number, count: number) =>
    Math.floor(uniform(seed, place, element, Purpose.pixel, 0, step) * count);
  const pixel = chosen(1, height * width);
  return { picture: chosen(0, split.length), y: Math.floor(pixel / width), x: pixel % width };
}
