/**
 * Attention at one position of one picture: two passes over the positions before it, in raster order.
 *
 *     scores       s_q = ((a0 + a2) + (a1 + a3)) · 1/√D       a_j = Σ of products of channels j, j + 4, j + 8 …          m = max s_q
 *     values       e_q = e^max(s_q − m, −87)                  target = Σ e_q · value_q / Σ e_q
 *
 * Four sums of a product do not wait for each other, and are what vectors of four lanes have. Keys and values are read where they were made: their
 * buffers keep all rows.
 */
import { exponential } from "../../../arithmetic/exponential.ts";
import type { Attention } from "../../../lowering/index.ts";
import { type Layout, offsetAt, type Place } from "./layout.ts";

const { fround } = Math;

/** Attention with its places. */
export interface PlacedAttention {
  readonly op: "attention";
  readonly attention: Attention;
  readonly width: number;
  readonly target: Place;
  readonly queries: Place;
  readonly keys: Place;
  readonly values: Place;
  /** 1/√D in float32. */
  readonly scale: number;
  /** Room for the scores of one head, then its exponentials, [H·W]. */
  readonly scores: Float32Array;
}

export function placeAttention(
  attention: Attention,
  layout: Layout,
  { height, width }: { readonly height: number; readonly width: number },
): PlacedAttention {
  const [queries, keys, values] = attention.operands.map((slot) => layout.place(slot)) as [
    Place,
    Place,
    Place,
  ];
  const scale = fround(1 / Math.sqrt(attention.keySize));
  const scores = new Float32Array(height * width);
  const target = layout.place(attention.target);
  return { op: "attention", attention, width, target, queries, keys, values, scale, scores };
}

/** Computes the attention at (y, x) of the picture in `memory`. */
export function attend(placed: PlacedAttention, memory: Float32Array, y: number, x: number): void {
  const { attention, width, keys, values } = placed;
  const { heads, keySize, valueSize } = attention;
  const target = offsetAt(placed.target, y, x);
  const queries = offsetAt(placed.queries, y, x);
  memory.fill(0, target, target + heads * valueSize);
  if (y === 0 && x === 0) return;
  for (let head = 0; head < heads; head++) {
    const most = score(placed, memory, queries + head * keySize, offsetOfHead(keys, head * keySize), y, x);
    const to = target + head * valueSize;
    let total = 0;
    for (let row = 0, q = 0; row <= y; row++) {
      const end = row < y ? width : x;
      for (let column = 0; column < end; column++, q++) {
        const weight = exponential(Math.max(fround(placed.scores[q]! - most), -87));
        total = fround(total + weight);
        const from = offsetAt(values, row, column) + head * valueSize;
        for (let f = 0; f < valueSize; f++) {
          memory[to + f] = memory[to + f]! + fround(weight * memory[from + f]!);
        }
      }
    }
    for (let f = 0; f < valueSize; f++) memory[to + f] = memory[to + f]! / total;
  }
}

/** Scores one head against every position before (y, x); returns the largest. */
function score(
  { width, scale, scores, attention }: PlacedAttention,
  memory: Float32Array,
  query: number,
  keys: Place,
  y: number,
  x: number,
): number {
  const { keySize } = attention;
  const whole = keySize - (keySize % 4);
  let most = Number.NEGATIVE_INFINITY;
  for (let row = 0, q = 0; row <= y; row++) {
    const end = row < y ? width : x;
    for (let column = 0; column < end; column++, q++) {
      const key = offsetAt(keys, row, column);
      let a0 = 0;
      let a1 = 0;
      let a2 = 0;
      let a3 = 0;
      for (let k = 0; k < whole; k += 4) {
        a0 = fround(a0 + fround(memory[query + k]! * memory[key + k]!));
        a1 = fround(a1 + fround(memory[query + k + 1]! * memory[key + k + 1]!));
        a2 = fround(a2 + fround(memory[query + k + 2]! * memory[key + k + 2]!));
        a3 = fround(a3 + fround(memory[query + k + 3]! * memory[key + k + 3]!));
      }
      if (whole < keySize) a0 = fround(a0 + fround(memory[query + whole]! * memory[key + whole]!));
      if (whole + 1 < keySize)
        a1 = fround(a1 + fround(memory[query + whole + 1]! * memory[key + whole + 1]!));
      if (whole + 2 < keySize)
        a2 = fround(a2 + fround(memory[query + whole + 2]! * memory[key + whole + 2]!));
      const s = fround(fround(fround(a0 + a2) + fround(a1 + a3)) * scale);
      scores[q] = s;
      if (most < s) most = s;
    }
  }
  return most;
}

function offsetOfHead(place: Place, channel: number): Place {
  return { ...place, origin: place.origin + channel };
}
