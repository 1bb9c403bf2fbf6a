/**
 * The cells of an LSTM at one position of one picture, channel by channel, in the bits of the gates:
 *
 *     c = c'·σ(f) + tanh(c~)·σ(i)      h = tanh(c)·σ(o)
 */
import { gate, glu } from "../../../arithmetic/activations.ts";
import type { Cell } from "../../../lowering/index.ts";
import { type Layout, offsetAt, type Place } from "./layout.ts";

const { fround } = Math;

/** Cells with their places. */
export interface PlacedCell {
  readonly op: "cell";
  readonly channels: number;
  readonly target: Place;
  readonly gates: Place;
  readonly state: Place;
  /** The state that it goes on from, moved by dx columns. */
  readonly before: Place;
  readonly dy: number;
}

export function placeCell(
  { op, channels, target, operands, state, dy, dx }: Cell,
  layout: Layout,
): PlacedCell {
  const [gates] = operands;
  return {
    op,
    channels,
    target: layout.place(target),
    gates: layout.place(gates),
    state: layout.place(state),
    before: layout.place(state, dx),
    dy,
  };
}

/** Computes the cells at (y, x) of the picture in `memory`. */
export function runCells(placed: PlacedCell, memory: Float32Array, y: number, x: number): void {
  const { channels } = placed;
  const target = offsetAt(placed.target, y, x);
  const state = offsetAt(placed.state, y, x);
  const before = offsetAt(placed.before, y + placed.dy + placed.before.rows, x);
  const output = offsetAt(placed.gates, y, x);
  const [forget, input, candidate] = [1, 2, 3].map((quarter) => output + quarter * channels) as [
    number,
    number,
    number,
  ];
  for (let f = 0; f < channels; f++) {
    const kept = glu(memory[before + f]!, memory[forget + f]!);
    const c = fround(kept + gate(memory[candidate + f]!, memory[input + f]!));
    memory[state + f] = c;
    memory[target + f] = gate(c, memory[output + f]!);
  }
}
