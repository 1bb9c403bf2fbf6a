/**
 * Causal attention and its gradient: y[p] = Σ_{q<p} P_q·values[q] with P = softmax(queries[p]·keys / √D), of every head.
 *
 *     dvalues = Pᵀ·dy        ds = P∘(dy·valuesᵀ − Σ P∘(dy·valuesᵀ))        dqueries = ds·keys / √D        dkeys = dsᵀ·queries / √D
 *
 * The first position has nobody before it and stays apart: the second asks for the first key, and so on, so that every row of weights has an entry.
 * Queries come in a few blocks, and keys only as far as a block looks.
 */
import type { ModuleWriter, Operand } from "./module-writer.ts";

/** So many blocks of queries leave out 3/8 of all products, of the half that nobody asks for. */
const BLOCKS = 4;

export function writeAttention(
  write: ModuleWriter,
  [queries, keys, values]: readonly [Operand, Operand, Operand],
  heads: number,
): Operand {
  const [q, k, v] = [queries, keys, values].map((x) => byHead(write, x, heads)) as [
    Operand,
    Operand,
    Operand,
  ];
  const first = write.constant(0, [v.shape[0]!, 1, v.shape[2]!]);
  const blocks = blocksOf(q).map((block) =>
    write.batchedProduct(weightsOf(write, block, q, k), write.cut(v, 1, 0, block.end), 2, 1),
  );
  return byPosition(write, write.concatenate([first, ...blocks], 1), values.shape, heads);
}

/** The gradients of queries, keys and values, channels after channels. */
export function writeAttentionGradient(
  write: ModuleWriter,
  [queries, keys, values, dy]: readonly [Operand, Operand, Operand, Operand],
  heads: number,
): Operand {
  const [q, k, v, d] = [queries, keys, values, dy].map((x) => byHead(write, x, heads)) as [
    Operand,
    Operand,
    Operand,
    Operand,
  ];
  const dq: Operand[] = [write.constant(0, [q.shape[0]!, 1, q.shape[2]!])];
  const dk: Operand[] = [];
  const dv: Operand[] = [];
  for (const block of blocksOf(q)) {
    const { start, end } = block;
    const weights = weightsOf(write, block, q, k);
    const cotangent = write.cut(d, 1, start + 1, end + 1);
    const product = write.elementwise(
      "multiply",
      weights,
      write.batchedProduct(cotangent, write.cut(v, 1, 0, end), 2, 2),
    );
    const sums = write.broadcast(write.reduce("add", product, [2]), product.shape, [0, 1]);
    const slopes = write.elementwise("subtract", product, write.elementwise("multiply", weights, sums));
    const scaled = write.elementwise("multiply", slopes, write.constant(scaleOf(q), slopes.shape));
    dq.push(write.batchedProduct(scaled, write.cut(k, 1, 0, end), 2, 1));
    dk.push(write.batchedProduct(scaled, write.cut(q, 1, start + 1, end + 1), 1, 1));
    dv.push(write.batchedProduct(weights, cotangent, 1, 1));
  }
  const parts = [
    byPosition(write, write.concatenate(dq, 1), queries.shape, heads),
    byPosition(write, sumOfFirst(write, dk, k), keys.shape, heads),
    byPosition(write, sumOfFirst(write, dv, v), values.shape, heads),
  ];
  return write.concatenate(parts, 3);
}

/** Rows of weights: those of positions start + 1 to end, of which the last sees keys 0 to end − 1. */
interface Block {
  readonly start: number;
  readonly end: number;
}

function blocksOf({ shape }: Operand): Block[] {
  const last = shape[1]! - 1;
  const length = Math.max(1, Math.ceil(last / BLOCKS));
  return Array.from({ length: Math.ceil(last / length) }, (_, block) => ({
    start: block * length,
    end: Math.min(last, (block + 1) * length),
  }));
}

/** P of a block, [B·heads, rows, end]. */
function weightsOf(write: ModuleWriter, { start, end }: Block, q: Operand, k: Operand): Operand {
  const products = write.batchedProduct(write.cut(q, 1, start + 1, end + 1), write.cut(k, 1, 0, end), 2, 2);
  const { shape } = products;
  const scores = write.elementwise("multiply", products, write.constant(scaleOf(q), shape));
  const matrix = shape.slice(1);
  const row = write.elementwise("add", write.iota(matrix, 0, "s32"), write.constant(start, matrix, "s32"));
  const isLater = write.broadcast(write.compare("GT", write.iota(matrix, 1, "s32"), row), shape, [1, 2]);
  const seen = write.select(isLater, write.constant(Number.NEGATIVE_INFINITY, shape), scores);
  const most = write.broadcast(write.reduce("maximum", seen, [2]), shape, [0, 1]);
  const powers = write.elementwise("exponential", write.elementwise("subtract", seen, most));
  const sums = write.broadcast(write.reduce("add", powers, [2]), shape, [0, 1]);
  return write.elementwise("divide", powers, sums);
}

function scaleOf({ shape }: Operand): number {
  return 1 / Math.sqrt(shape[2]!);
}

/** Arrays of the first positions of one like `whole`, added up. */
function sumOfFirst(write: ModuleWriter, parts: readonly Operand[], whole: Operand): Operand {
  return parts
    .map((part) => write.pad(part, [0, 0, 0], [0, whole.shape[1]! - part.shape[1]!, 0]))
    .reduce((sum, part) => write.elementwise("add", sum, part), write.constant(0, whole.shape));
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
