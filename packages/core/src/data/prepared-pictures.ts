import { type LevelArray, levelArray } from "../picture.ts";
import type { Dataset, Split } from "./dataset.ts";
import { type Preparation, type PreparationNoise, pictureReader } from "./preparation.ts";

const UNREAD = -1;

/**
 * The pictures of one epoch as a model takes them, each read and prepared once, when it is first asked for: for whoever reads parts of them, and
 * each many times. Holds a byte per value, two where a level has 16 bits.
 */
export class PreparedPictures {
  /** Of every picture that was asked for, [N, H, W, C]. */
  readonly levels: LevelArray;
  readonly length: number;
  /** Values of a picture, H·W·C. */
  readonly #size: number;
  readonly #labels: Int32Array;
  readonly #read: (index: number, target: LevelArray) => number;
  readonly #stored: LevelArray;

  /** @throws {DataError} when the preparation does not fit the set. */
  constructor(
    readonly dataset: Dataset,
    split: Split,
    readonly preparation: Preparation,
    noise: PreparationNoise,
  ) {
    this.#read = pictureReader(dataset, split, preparation, noise);
    this.#size = dataset.height * dataset.width * dataset.channels;
    this.length = split.length;
    this.levels = levelArray(preparation.levels, split.length * this.#size);
    this.#labels = new Int32Array(split.length).fill(UNREAD);
    this.#stored = levelArray(Math.max(dataset.levels, preparation.levels), this.#size);
  }

  /** Sees to it that a picture is there. @returns its label, 0 when the set has none */
  prepare(index: number): number {
    const label = this.#labels[index];
    if (label !== UNREAD && label !== undefined) return label;
    const read = this.#read(index, this.#stored);
    this.levels.set(this.#stored, index * this.#size);
    this.#labels[index] = read;
    return read;
  }
}
