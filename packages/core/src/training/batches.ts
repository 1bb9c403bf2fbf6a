/**
 * The batches of an epoch: whole pictures, each once, or single pixels by chance. Any of them can be made again without those before it.
 */
import type { Dataset, Split } from "../data/dataset.ts";
import { type Batch, type Preparation, readBatch } from "../data/preparation.ts";
import { PreparedPictures } from "../data/prepared-pictures.ts";
import type { Network } from "../network/graph.ts";
import { windowOf } from "../network/window.ts";
import { addNoise } from "./noisy-windows.ts";
import { choosePlaces } from "./pixel-places.ts";
import { shuffledIndices } from "./shuffle.ts";
import type { BatchKind } from "./traced-batch.ts";
import { readWindows } from "./window-batch.ts";

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
  /**
   * Takes a batch back that nobody reads any longer: the next is made in its arrays. New ones of megabytes at every step would have the engine
   * of JavaScript look for garbage all the time.
   */
  reuse?(batch: Batch): void;
}

/** What batches are read from, and how. */
export interface BatchSource {
  readonly dataset: Dataset;
  readonly network: Network;
  readonly preparation: Preparation;
  readonly seed: number;
  /** Share of the windows of pixels that get noise (noisy-windows.ts): none. */
  readonly noisyWindows?: number;
  /** Share of the flat places of pixels that is taken (pixel-places.ts): 1, all. */
  readonly flatPlaces?: number;
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

/** As many pixels as there are, by chance (pixel-places.ts). */
function pixelsOf(source: BatchSource, trained: Split, epoch: number): Epoch {
  const { dataset, network, preparation, seed, noisyWindows: share = 0, flatPlaces = 1 } = source;
  const { levels } = preparation;
  // A picture is read as often as it has pixels, on average: too often to be drawn, unpacked or prepared each time.
  const pictures = new PreparedPictures(dataset, trained.atEpoch?.(epoch) ?? trained, preparation, {
    seed,
    time: epoch,
  });
  const window = windowOf(network);
  const spent: Batch[] = [];
  return {
    length: pictures.length * dataset.height * dataset.width,
    batch(_, count, step) {
      const indices = Uint32Array.from({ length: count }, (_, place) => place);
      const places = choosePlaces(pictures, count, { seed, step, flatPlaces });
      const batch = readWindows(pictures, places, window, spent.pop());
      if (share > 0) addNoise(batch, window, { share, levels, seed, step });
      return { indices, batch };
    },
    reuse: (batch) => spent.push(batch),
  };
}
