/**
 * The batches of an epoch: whole pictures, each once, or single pixels by chance. Any of them can be made again without those before it.
 */
import type { Dataset, Split } from "../data/dataset.ts";
import { type Batch, type Preparation, readBatch } from "../data/preparation.ts";
import { PreparedPictures } from "../data/prepared-pictures.ts";
import type { Network } from "../network/graph.ts";
import { windowOf } from "../network/window.ts";
import { Purpose, uniform } from "../random/noise.ts";
import { addNoise } from "./noisy-windows.ts";
import { shuffledIndices } from "./shuffle.ts";
import type { BatchKind } from "./traced-batch.ts";
import { type PixelPlaces, readWindows } from "./window-batch.ts";

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
  const { dataset, network, preparation, seed, noisyWindows: share = 0 } = source;
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
      const places = pixelsAt(pictures, seed, step, count);
      const batch = readWindows(pictures, places, window, spent.pop());
      if (share > 0) addNoise(batch, window, { share, levels, seed, step });
      return { indices, batch };
    },
    reuse: (batch) => spent.push(batch),
  };
}

/** The pixels of a batch. Each is two numbers of its place's address: its picture, and where in it. */
function pixelsAt(
  { dataset, length }: PreparedPictures,
  seed: number,
  step: number,
  count: number,
): PixelPlaces {
  const { height, width } = dataset;
  const chosen = (place: number, element: number, among: number) =>
    Math.floor(uniform(seed, place, element, Purpose.pixel, 0, step) * among);
  const pictures = new Uint32Array(count);
  const rowsAndColumns = new Int32Array(2 * count);
  for (let place = 0; place < count; place++) {
    const pixel = chosen(place, 1, height * width);
    pictures[place] = chosen(place, 0, length);
    rowsAndColumns[2 * place] = Math.floor(pixel / width);
    rowsAndColumns[2 * place + 1] = pixel % width;
  }
  return { pictures, rowsAndColumns };
}
