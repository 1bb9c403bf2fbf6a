/** Causal attention and its gradient, row of weights after row of weights. */
import type { OperationOf } from "@pixelcnn/core/computation";
import type { Machine } from "./machine.ts";
import type { Place } from "./place.ts";

/** (queries, keys, values) → y */
export function writeAttention(
  { heap }: Machine,
  { heads }: OperationOf<"attention">,
  [queries, keys, values]: readonly Place[],
  y: Place,
): () => void {
  const rows = rowsOf(heads, queries!);
  return () => {
    const { floats } = heap;
    floats.fill(0, y.at, y.at + y.stored);
    for (const { head, row, position, first } of rows()) {
      const weights = weightsOf(floats, queries!, keys!, { heads, head, row, position, first });
      const to = channelsOf(y, heads, head, row);
      weights.forEach((weight, q) => {
        const from = channelsOf(values!, heads, head, first + q);
        for (let c = 0; c < to.length; c++) floats[to.at + c]! += weight * floats[from.at + c]!;
      });
    }
  };
}

/** (queries, keys, values, dy) → the three gradients, channels after channels */
export function writeAttentionGradient(
  { heap }: Machine,
  { heads }: OperationOf<"attentionGradient">,
  [queries, keys, values, dy]: readonly Place[],
  gradient: Place,
): () => void {
  const rows = rowsOf(heads, queries!);
  const [D, E] = [queries!, values!].map(({ value }) => value.shape[3]! / heads) as [number, number];
  const width = heads * (2 * D + E);
  return () => {
    const { floats } = heap;
    floats.fill(0, gradient.at, gradient.at + gradient.stored);
    for (const { head, row, position, first } of rows()) {
      const weights = weightsOf(floats, queries!, keys!, { heads, head, row, position, first });
      const cotangent = channelsOf(dy!, heads, head, row);
      const products = Array.from(weights, (weight, q) => {
        const value = channelsOf(values!, heads, head, first + q);
        const dvalue = gradient.at + (first + q) * width + 2 * heads * D + head * E;
        let slope = 0;
        for (let c = 0; c < E; c++) {
          slope += floats[cotangent.at + c]! * floats[value.at + c]!;
          floats[dvalue + c]! += weight * floats[cotangent.at + c]!;
        }
        return weight * slope;
      });
      const sum = products.reduce((a, b) => a + b, 0);
      const query = channelsOf(queries!, heads, head, row);
      const dquery = gradient.at + row * width + head * D;
      products.forEach((product, q) => {
        const key = channelsOf(keys!, heads, head, first + q);
        const dkey = gradient.at + (first + q) * width + heads * D + head * D;
        const slope = (product - weights[q]! * sum) / Math.sqrt(D);
        for (let c = 0; c < D; c++) {
          floats[dquery + c]! += slope * floats[key.at + c]!;
          floats[dkey + c]! += slope * floats[query.at + c]!;
        }
      });
    }
  };
}

interface Row {
  readonly head: number;
  /** Position among those of all pictures, and in its picture. */
  readonly row: number;
  readonly position: number;
  /** Its picture's first position among all. */
  readonly first: number;
}

function rowsOf(heads: number, { value }: Place): () => Generator<Row> {
  const [batch, height, width] = value.shape as [number, number, number];
  const positions = height * width;
  return function* () {
    for (let picture = 0; picture < batch; picture++) {
      for (let head = 0; head < heads; head++) {
        for (let position = 1; position < positions; position++) {
          yield { head, row: picture * positions + position, position, first: picture * positions };
        }
      }
    }
  };
}

function weightsOf(
  floats: Float32Array,
  queries: Place,
  keys: Place,
  { heads, head, row, position, first }: Row & { readonly heads: number },
): Float64Array {
  const query = channelsOf(queries, heads, head, row);
  const scores = Float64Array.from({ length: position }, (_, q) => {
    const key = channelsOf(keys, heads, head, first + q);
    let product = 0;
    for (let c = 0; c < query.length; c++) product += floats[query.at + c]! * floats[key.at + c]!;
    return product / Math.sqrt(query.length);
  });
  const most = scores.reduce((a, b) => Math.max(a, b));
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** Where a head's channels of a position begin, and how many they are. */
function channelsOf({ at, value }: Place, heads: number, head: number, row: number) {
  const channels = value.shape[3]!;
  const length = channels / heads;
  return { at: at + row * channels + head * length, length };
}
