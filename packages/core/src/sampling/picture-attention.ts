/**
 * Where the pixels of a picture looked: the weights that every head of every attention gave to earlier positions,
 *
 *     w_q = softmax_q(queries[p]·keys[q] / √D)      q before p
 *
 * Queries and keys are read once; any position is then asked for at once.
 */

import { checkPicture } from "../check-pictures.ts";
import { OptionError } from "../errors.ts";
import type { Model } from "../network/model.ts";
import type { LevelArray } from "../picture.ts";
import { type AskedHeads, readAttention } from "../samplers/incremental/read-attention.ts";
import { labelsOf } from "./labels.ts";

/** Where one head looked from one position. */
export interface AttentionMap {
  /** Name of the node in the network. */
  readonly node: string;
  /** Which of the node's heads, from 0. */
  readonly head: number;
  /** [H, W], what every earlier position weighed: together 1, and 0 from the position on. */
  readonly weights: Float32Array<ArrayBuffer>;
}

/** What every head of a model's attention read of one picture, to be asked position by position. */
export class PictureAttention {
  readonly #read: readonly AskedHeads[];
  readonly #width: number;
  readonly #positions: number;

  private constructor(read: readonly AskedHeads[], { height, width }: { height: number; width: number }) {
    this.#read = read;
    this.#width = width;
    this.#positions = height * width;
  }

  /**
   * Goes through a picture once; of a network without attention through nothing.
   *
   * @param levels the picture, [H, W, C].
   * @throws {ShapeError} when `levels` is not H·W·C values, {OptionError} for a level or a class label out of range.
   */
  static async of(
    model: Model,
    levels: LevelArray,
    { classLabel }: { readonly classLabel?: number } = {},
  ): Promise<PictureAttention> {
    const { network } = model;
    checkPicture(levels, network.picture);
    const labels = labelsOf(network, classLabel, 1);
    return new PictureAttention(await readAttention(model, levels, labels), network.picture);
  }

  /**
   * Every head's map, in the order of the network.
   *
   * @throws {OptionError} when there is no such position.
   */
  at(row: number, column: number): AttentionMap[] {
    const position = row * this.#width + column;
    const isWhole = Number.isInteger(row) && Number.isInteger(column);
    if (!isWhole || column < 0 || column >= this.#width || row < 0 || position >= this.#positions) {
      const size = `${this.#positions / this.#width}×${this.#width}`;
      throw new OptionError(`expected a position of ${size} pixels, got row ${row}, column ${column}`);
    }
    const known = new Map<string, number>();
    return this.#read.flatMap((asked) =>
      Array.from({ length: asked.heads }, (_, own): AttentionMap => {
        const head = known.get(asked.node) ?? 0;
        known.set(asked.node, head + 1);
        return { node: asked.node, head, weights: this.#weights(asked, own, position) };
      }),
    );
  }

  #weights({ heads, keySize, queries, keys }: AskedHeads, head: number, position: number) {
    const weights = new Float32Array(this.#positions);
    const scores = Array.from({ length: position }, (_, q) => {
      let product = 0;
      for (let k = head * keySize; k < (head + 1) * keySize; k++) {
        product += queries[position * heads * keySize + k]! * keys[q * heads * keySize + k]!;
      }
      return product / Math.sqrt(keySize);
    });
    const most = scores.reduce((largest, score) => Math.max(largest, score), Number.NEGATIVE_INFINITY);
    const shares = scores.map((score) => Math.exp(score - most));
    const total = shares.reduce((sum, share) => sum + share, 0);
    weights.set(shares.map((share) => share / total));
    return weights;
  }
}
