/**
 * Causal attention as its definition says, in float64, loop by loop, and its gradient by central differences of it.
 */
import { differencesOf } from "./differences.ts";

export interface AttentionShape {
  readonly batch: number;
  /** Height times width. */
  readonly positions: number;
  readonly heads: number;
  /** Channels of a head, of queries and keys, and of values. */
  readonly keyChannels: number;
  readonly valueChannels: number;
}

type Numbers = ArrayLike<number>;

/** [B, positions, heads·valueChannels] of queries and keys [B, positions, heads·keyChannels] and values [B, positions, heads·valueChannels]. */
export function referenceAttention(
  { batch, positions, heads, keyChannels, valueChannels }: AttentionShape,
  queries: Numbers,
  keys: Numbers,
  values: Numbers,
): Float64Array {
  const result = new Float64Array(batch * positions * heads * valueChannels);
  for (let picture = 0; picture < batch; picture++) {
    for (let head = 0; head < heads; head++) {
      const key = (p: number) => ((picture * positions + p) * heads + head) * keyChannels;
      const value = (p: number) => ((picture * positions + p) * heads + head) * valueChannels;
      for (let p = 1; p < positions; p++) {
        const scores = Array.from({ length: p }, (_, q) => {
          let product = 0;
          for (let c = 0; c < keyChannels; c++) product += queries[key(p) + c]! * keys[key(q) + c]!;
          return product / Math.sqrt(keyChannels);
        });
        const most = Math.max(...scores);
        const powers = scores.map((score) => Math.exp(score - most));
        const sum = powers.reduce((a, b) => a + b, 0);
        powers.forEach((power, q) => {
          for (let c = 0; c < valueChannels; c++) {
            result[value(p) + c]! += (power / sum) * values[value(q) + c]!;
          }
        });
      }
    }
  }
  return result;
}

/** What queries, keys and values do to Σ dy·y, at the entries that are asked for; at all of them by default. */
export function attentionDifferences(
  shape: AttentionShape,
  inputs: readonly [Numbers, Numbers, Numbers],
  dy: Numbers,
  isWanted: (entry: number, length: number) => boolean = () => true,
): (number | null)[][] {
  const loss = (...exact: Float64Array[]) =>
    referenceAttention(shape, exact[0]!, exact[1]!, exact[2]!).reduce((sum, y, i) => sum + y * dy[i]!, 0);
  return differencesOf(inputs, loss, isWanted);
}

/** The three gradients as one primitive gives them: at every position those of queries, keys and values one after another. */
export function sideBySide(
  parts: readonly (readonly (number | null)[])[],
  positions: number,
): (number | null)[] {
  return Array.from({ length: positions }, (_, p) =>
    parts.flatMap((part) => {
      const channels = part.length / positions;
      return part.slice(p * channels, (p + 1) * channels);
    }),
  ).flat();
}
