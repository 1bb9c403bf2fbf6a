/**
 * Causal attention and its gradient: y[p] = Σ_{q<p} P_q·values[q] with P = softmax(queries[p]·keys / √D), of every head.
 *
 *     dvalues = Pᵀ·dy        ds = P∘(dy·valuesᵀ − Σ P∘(dy·valuesᵀ))        dqueries = ds·keys / √D        dkeys = dsᵀ·queries / √D
 *
 * The first position has nobody before it and stays apart: the second asks for the first key, and so on, so that every row of weights has an entry.
 * A head of a picture comes after another, and its queries in blocks, with keys only as far as a block looks: so the weights stay in the cache, which
 * weights of all heads do not. They are never divided by their sum: what they are multiplied with is, which is narrower.
 */
import type { ModuleWriter, Operand } from "./module-writer.ts";

/** Blocks of queries of a head. */
const BLOCKS = 4;

export function writeAttention(
  write: ModuleWriter,
  [queries, keys, values]: readonly [Operand, Operand, Operand],
  heads: number,
): Operand {
  const arrays = [scaled(write, queries, heads), keys, values].map((x) => byHead(write, x, heads));
  const [y] = write.each(arrays, [arrays[2]!], (parts) => {
    const [q, k, v] = parts.map((part) => write.reshape(part, part.shape.slice(1))) as [
      Operand,
      Operand,
      Operand,
    ];
    const first = write.constant(0, [1, v.shape[1]!]);
    const blocks = blocksOf(q).map((block) => {
      const { powers, sums } = powersOf(write, block, q, k);
      const product = write.product(powers, write.cut(v, 0, 0, block.end), 1, 0);
      return write.elementwise("divide", product, write.broadcast(sums, product.shape, [0]));
    });
    return [write.reshape(write.concatenate([first, ...blocks], 0), parts[2]!.shape)];
  });
  return byPosition(write, y!, values.shape, heads);
}

/** The gradients of queries, keys and values, channels after channels. */
export function writeAttentionGradient(
  write: ModuleWriter,
  [queries, keys, values, dy]: readonly [Operand, Operand, Operand, Operand],
  heads: number,
): Operand {
  const arrays = [scaled(write, queries, heads), keys, values, dy].map((x) => byHead(write, x, heads));
  const [dq, dk, dv] = write.each(arrays, arrays.slice(0, 3), (parts) => {
    const matrices = parts.map((part) => write.reshape(part, part.shape.slice(1)));
    const gradients = gradientsOf(write, matrices as [Operand, Operand, Operand, Operand]);
    return gradients.map((gradient, n) => write.reshape(gradient, parts[n]!.shape));
  });
  const whole = [scaled(write, byPosition(write, dq!, queries.shape, heads), heads)];
  whole.push(byPosition(write, dk!, keys.shape, heads), byPosition(write, dv!, values.shape, heads));
  return write.concatenate(whole, 3);
}

/** Of one head, [H·W, D] or [H·W, E] each. */
function gradientsOf(
  write: ModuleWriter,
  [q, k, v, d]: readonly [Operand, Operand, Operand, Operand],
): [Operand, Operand, Operand] {
  const dq: Operand[] = [write.constant(0, [1, q.shape[1]!])];
  let [dk, dv] = [write.constant(0, k.shape), write.constant(0, v.shape)];
  for (const block of blocksOf(q)) {
    const { start, end } = block;
    const { powers, sums } = powersOf(write, block, q, k);
    const share = write.elementwise("divide", write.constant(1, sums.shape), sums);
    const spread = (rows: Operand, shape: readonly number[]) => write.broadcast(rows, shape, [0]);
    const cotangent = write.cut(d, 0, start + 1, end + 1);
    const shared = write.elementwise("multiply", cotangent, spread(share, cotangent.shape));
    const slopes = write.product(shared, write.cut(v, 0, 0, end), 1, 1);
    const sum = write.reduce("add", write.elementwise("multiply", powers, slopes), [1]);
    const mean = spread(write.elementwise("multiply", sum, share), slopes.shape);
    const ofScores = write.elementwise("multiply", powers, write.elementwise("subtract", slopes, mean));
    dq.push(write.product(ofScores, write.cut(k, 0, 0, end), 1, 0));
    dk = plusFirst(write, dk, write.product(ofScores, write.cut(q, 0, start + 1, end + 1), 0, 0));
    dv = plusFirst(write, dv, write.product(powers, shared, 0, 0));
  }
  return [write.concatenate(dq, 0), dk, dv];
}

/** Rows of weights: those of positions start + 1 to end, of which the last sees keys 0 to end − 1. */
interface Block {
  readonly start: number;
  readonly end: number;
}

function blocksOf({ shape }: Operand): Block[] {
  const last = shape[0]! - 1;
  const length = Math.max(1, Math.ceil(last / BLOCKS));
  return Array.from({ length: Math.ceil(last / length) }, (_, block) => ({
    start: block * length,
    end: Math.min(last, (block + 1) * length),
  }));
}

/** e^(s − max) of a block, [rows, end], and the sums of its rows. */
function powersOf(
  write: ModuleWriter,
  { start, end }: Block,
  q: Operand,
  k: Operand,
): { readonly powers: Operand; readonly sums: Operand } {
  const scores = write.product(write.cut(q, 0, start + 1, end + 1), write.cut(k, 0, 0, end), 1, 1);
  const { shape } = scores;
  const row = write.elementwise("add", write.iota(shape, 0, "s32"), write.constant(start, shape, "s32"));
  const isLater = write.compare("GT", write.iota(shape, 1, "s32"), row);
  const seen = write.select(isLater, write.constant(Number.NEGATIVE_INFINITY, shape), scores);
  const most = write.broadcast(write.reduce("maximum", seen, [1]), shape, [0]);
  const powers = write.elementwise("exponential", write.elementwise("subtract", seen, most));
  return { powers, sums: write.reduce("add", powers, [1]) };
}

/** x / √D */
function scaled(write: ModuleWriter, x: Operand, heads: number): Operand {
  return write.elementwise("multiply", x, write.constant(1 / Math.sqrt(x.shape[3]! / heads), x.shape));
}

/** x, and at its first rows what is added. */
function plusFirst(write: ModuleWriter, x: Operand, part: Operand): Operand {
  return write.elementwise("add", x, write.pad(part, [0, 0], [x.shape[0]! - part.shape[0]!, 0]));
}

/** [B, H, W, heads·D] → [B·heads, H·W, D] */
function byHead(write: ModuleWriter, x: Operand, heads: number): Operand {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const split = write.reshape(x, [batch, height * width, heads, channels / heads]);
  return write.reshape(write.transpose(split, [0, 2, 1, 3]), [
    batch * heads,
    height * width,
    channels / heads,
  ]);
}

/** The other way. */
function byPosition(write: ModuleWriter, x: Operand, shape: readonly number[], heads: number): Operand {
  const split = write.reshape(x, [shape[0]!, heads, x.shape[1]!, x.shape[2]!]);
  return write.reshape(write.transpose(split, [0, 2, 1, 3]), shape);
}
