/** What works channel by channel at one position of one picture: the gates, tanh(a)·σ(b) and a·σ(b), and the affine map of a batch norm, a·b + c. */
import { gate, glu } from "../../../arithmetic/activations.ts";
import type { Affine, Gate } from "../../../lowering/index.ts";
import { type Layout, offsetAt, type Place } from "./layout.ts";

const { fround } = Math;

/** A gate or an affine map with its places. */
export interface PlacedElementwise {
  readonly op: (Gate | Affine)["op"];
  readonly channels: number;
  readonly target: Place;
  readonly operands: readonly Place[];
}

export function placeElementwise(
  { op, channels, target, operands }: Gate | Affine,
  layout: Layout,
): PlacedElementwise {
  return { op, channels, target: layout.place(target), operands: operands.map((slot) => layout.place(slot)) };
}

/** Computes the operation at (y, x) of the picture in `memory`. */
export function mapChannels(placed: PlacedElementwise, memory: Float32Array, y: number, x: number): void {
  const { op, channels } = placed;
  const target = offsetAt(placed.target, y, x);
  const [a, b, c = 0] = placed.operands.map((place) => offsetAt(place, y, x)) as [number, number, number?];
  if (op === "gate") {
    for (let f = 0; f < channels; f++) memory[target + f] = gate(memory[a + f]!, memory[b + f]!);
  } else if (op === "glu") {
    for (let f = 0; f < channels; f++) memory[target + f] = glu(memory[a + f]!, memory[b + f]!);
  } else {
    for (let f = 0; f < channels; f++) {
      memory[target + f] = fround(fround(memory[a + f]! * memory[b + f]!) + memory[c + f]!);
    }
  }
}
