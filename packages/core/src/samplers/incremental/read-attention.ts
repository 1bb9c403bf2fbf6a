/** Queries and keys of a whole picture, as the cached pass makes them: what every position asked, and what every later one could look at. */
import { type Attention, planOf } from "../../lowering/index.ts";
import type { Model } from "../../network/model.ts";
import type { LevelArray } from "../../picture.ts";
import { openPinnedPass } from "./open-pinned-pass.ts";

/** Heads of one node in one channel group. */
export interface AskedHeads {
  readonly node: string;
  readonly heads: number;
  /** D */
  readonly keySize: number;
  /** [H·W, heads·D] */
  readonly queries: Float32Array;
  /** [H·W, heads·D] */
  readonly keys: Float32Array;
}

/**
 * Goes through a picture once.
 *
 * @param levels [H, W, C], as many as the network has them.
 * @param labels of the one picture; null for a network without classes.
 */
export async function readAttention(
  model: Model,
  levels: LevelArray,
  labels: Int32Array | null,
): Promise<AskedHeads[]> {
  const { height, width, channels } = model.network.picture;
  const operations = planOf(model.network).operations.filter(({ op }) => op === "attention") as Attention[];
  const read = operations.map(({ node, heads, keySize }) => {
    const [queries, keys] = [0, 1].map(() => new Float32Array(height * width * heads * keySize)) as [
      Float32Array,
      Float32Array,
    ];
    return { node, heads, keySize, queries, keys };
  });
  if (read.length === 0) return [];
  const pass = await openPinnedPass(model, 1, labels);
  try {
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++, i++) {
          pass.advance(y, x, c);
          pass.set(y, x, c, levels.subarray(i, i + 1));
        }
        operations.forEach(({ operands: [queries, keys] }, n) => {
          const { heads, keySize, ...targets } = read[n]!;
          const count = heads * keySize;
          const at = (y * width + x) * count;
          pass.read(queries, count, y, x, targets.queries.subarray(at, at + count));
          pass.read(keys, count, y, x, targets.keys.subarray(at, at + count));
        });
      }
    }
  } finally {
    pass.dispose();
  }
  return read;
}
