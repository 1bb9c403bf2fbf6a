/**
 * How much more one model takes than another for the same pictures, and how sure that is: of the differences picture by picture, since most of what makes
 * pictures differ is in both.
 */
import { StandardError } from "./standard-error.ts";

/** Nats of pictures in their order, first of one model and then of the other. */
export class PairedDifference {
  readonly #first: number[] = [];
  readonly #error = new StandardError();
  #second = 0;

  /** Those of the first model; before the second's of the same pictures. */
  addFirst(nats: ArrayLike<number>): void {
    for (let i = 0; i < nats.length; i++) this.#first.push(nats[i]!);
  }

  /** Those of the second model, in the same order of pictures. */
  addSecond(nats: ArrayLike<number>): void {
    this.#error.add(Array.from(nats, (value) => value - this.#first[this.#second++]!));
  }

  /** The second's mean less the first's, in nats, and its standard error; null of fewer than two pictures. */
  get value(): { readonly nats: number; readonly standardError: number | null } {
    return { nats: this.#error.mean, standardError: this.#error.value };
  }
}
