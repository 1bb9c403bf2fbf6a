/**
 * Weight decay: every step the matrices of weights lose a share of themselves, apart from what the gradient says, so that what no picture asks for fades and
 * weights stay bounded.
 *
 *     W ← W - ηλW          before Adam's or Muon's change, with the step's learning rate η
 *
 * Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2. Tables, biases and scales keep themselves.
 */
import { type MatrixSlot, piecesOf } from "./matrix-slots.ts";

/** What weight decay needs of vectors, whoever computes them. */
export interface VectorAlgebra<Vector> {
  slice(start: number, end: number): Vector;
  /** (1 - ηλ) · x */
  shrink(x: Vector): Vector;
  join(pieces: Vector[]): Vector;
}

/** A flat vector [length] of weights whose matrices have lost their share. */
export function decayMatrices<Vector>(
  slots: readonly MatrixSlot[],
  length: number,
  { slice, shrink, join }: VectorAlgebra<Vector>,
): Vector {
  return join(piecesOf(slots, length, slice, ({ start, end }) => shrink(slice(start, end))));
}
