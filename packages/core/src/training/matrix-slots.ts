/** Where the matrices of weights lie in a flat vector. A convolution's or LSTM's weights of all taps are one matrix, rows for what comes in and columns for what goes out. */
import type { FlatLayout } from "./flat-layout.ts";

/** A matrix of weights in a flat vector. */
export interface MatrixSlot {
  /** The node that it belongs to. */
  readonly node: string;
  readonly start: number;
  readonly end: number;
  readonly rows: number;
  readonly columns: number;
}

/** All matrices, in the order of the flat vector; tables, biases and scales are none. */
export function matricesOf({ trained }: FlatLayout): MatrixSlot[] {
  return trained
    .filter(({ role, shape }) => role === "weight" && shape.length === 3)
    .map(({ node, start, shape }) => {
      const [taps, inputs, columns] = shape as [number, number, number];
      const rows = taps * inputs;
      return { node: node.name, start, end: start + rows * columns, rows, columns };
    });
}

/** The pieces of a flat vector [length] in their order: what becomes of every matrix, and of what lies between them. */
export function piecesOf<Piece>(
  slots: readonly MatrixSlot[],
  length: number,
  between: (start: number, end: number) => Piece,
  ofMatrix: (slot: MatrixSlot) => Piece,
): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const slot of slots) {
    if (slot.start > done) pieces.push(between(done, slot.start));
    pieces.push(ofMatrix(slot));
    done = slot.end;
  }
  if (length > done) pieces.push(between(done, length));
  return pieces;
}
