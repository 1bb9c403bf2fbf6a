/**
 * Causal attention and its gradient: y[p] = Σ_{q<p} P_q·values[q] with P = softmax(queries[p]·keys / √D), of every head.
 *
 *     dvalues = Pᵀ·dy        ds = P∘(dy·valuesᵀ − Σ P∘(dy·valuesᵀ))        dqueries = ds·keys / √D        dkeys = dsᵀ·queries / √D
 *
 * The first position has nobody before it and stays apart: the second asks for the first key, and so on, so that every row of weights has an entry.
 * Queries come in blocks, and keys only as far as a block looks. A block begins when the one before has ended, which TensorFlow is told: it would run
 * them all at once, and hold all their weights, where it has threads for them.
 */
import type { Address } from "../c-api/library.ts";
import type { GraphWriter, Operand } from "./graph-writer.ts";

/** Weights of a block, at most, but for a block of one row: 16 MB. */
const BLOCK_WEIGHTS = 2 ** 22;

/** So that a quarter of all products at least are left out where there are rows enough. */
const LEAST_BLOCKS = 4;

export function writeAttention(
  write: GraphWriter,
  [queries, keys, values]: readonly [Operand, Operand, Operand],
  heads: number,
): Operand {
  const [q, k, v] = [queries, keys, values].map((x) => byHead(write, x, heads)) as [
    Operand,
    Operand,
    Operand,
  ];
  const parts = [zerosOf(write, [v.shape[0]!, 1, v.shape[2]!])];
  let after: readonly Address[] = [];
  for (const block of blocksOf(q)) {
    const weights = weightsOf(write, block, q, k, after);
    const part = write.batchedProduct(weights, write.cut(v, 1, 0, block.end));
    parts.push(part);
    after = [part.operation];
  }
  return byPosition(write, write.concatenate(parts, 1), values.shape, heads);
}

/** The gradients of queries, keys and values, channels after channels. */
export function writeAttentionGradient(
  write: GraphWriter,
  [queries, keys, values, dy]: readonly [Operand, Operand, Operand, Operand],
  heads: number,
): Operand {
  const [q, k, v, d] = [queries, keys, values, dy].map((x) => byHead(write, x, heads)) as [
    Operand,
    Operand,
    Operand,
    Operand,
  ];
  const dq = [zerosOf(write, [q.shape[0]!, 1, q.shape[2]!])];
  let [dk, dv] = [zerosOf(write, k.shape), zerosOf(write, v.shape)];
  let after: readonly Address[] = [];
  for (const block of blocksOf(q)) {
    const { start, end } = block;
    const weights = weightsOf(write, block, q, k, after);
    const cotangent = write.cut(d, 1, start + 1, end + 1);
    const slopes = write.batchedProduct(cotangent, write.cut(v, 1, 0, end), false, true);
    const product = write.binary("Mul", weights, slopes);
    const sums = write.reshape(write.reduce("Sum", product, [2]), [...product.shape.slice(0, 2), 1]);
    const rest = write.binary("Sub", product, write.binary("Mul", weights, sums));
    const scaled = write.binary("Mul", rest, write.constant(scaleOf(q)));
    const ofQueries = write.batchedProduct(scaled, write.cut(k, 1, 0, end));
    dq.push(ofQueries);
    dk = plusFirst(write, dk, write.batchedProduct(scaled, write.cut(q, 1, start + 1, end + 1), true));
    dv = plusFirst(write, dv, write.batchedProduct(weights, cotangent, true));
    after = [ofQueries, dk, dv].map(({ operation }) => operation);
  }
  const parts = [
    byPosition(write, write.concatenate(dq, 1), queries.shape, heads),
    byPosition(write, dk, keys.shape, heads),
    byPosition(write, dv, values.shape, heads),
  ];
  return write.concatenate(parts, 3);
}

/** Rows of weights: those of positions start + 1 to end, of which the last sees keys 0 to end − 1. */
interface Block {
  readonly start: number;
  readonly end: number;
}

function blocksOf({ shape }: Operand): Block[] {
  const [pictures, positions] = shape as [number, number];
  const last = positions - 1;
  const most = Math.min(Math.ceil(last / LEAST_BLOCKS), Math.floor(BLOCK_WEIGHTS / (pictures * positions)));
  const length = Math.max(1, most);
  return Array.from({ length: Math.ceil(last / length) }, (_, block) => ({
    start: block * length,
    end: Math.min(last, (block + 1) * length),
  }));
}

/** P of a block, [B·heads, rows, end]. */
function weightsOf(
  write: GraphWriter,
  { start, end }: Block,
  q: Operand,
  k: Operand,
  after: readonly Address[],
): Operand {
  const asked = write.binary(
    "Mul",
    write.after(write.cut(q, 1, start + 1, end + 1), after),
    write.constant(scaleOf(q)),
  );
  const scores = write.batchedProduct(asked, write.cut(k, 1, 0, end), false, true);
  const columns = write.array(upTo(0, end), [1, end], "s32");
  const rows = write.array(upTo(start, end), [end - start, 1], "s32");
  const isLater = write.operation(
    "Greater",
    [columns, rows],
    { shape: [end - start, end], type: "bool" },
    { T: { type: "s32" } },
  );
  return write.unary("Softmax", write.select(isLater, write.constant(Number.NEGATIVE_INFINITY), scores));
}

function upTo(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

function scaleOf({ shape }: Operand): number {
  return 1 / Math.sqrt(shape[2]!);
}

function zerosOf(write: GraphWriter, shape: readonly number[]): Operand {
  return write.spread(write.constant(0), shape);
}

/** x, and at its first positions what is added. */
function plusFirst(write: GraphWriter, x: Operand, part: Operand): Operand {
  return write.binary("AddV2", x, write.pad(part, [0, 0, 0], [0, x.shape[1]! - part.shape[1]!, 0]));
}

/** [B, H, W, heads·D] → [B·heads, H·W, D] */
function byHead(write: GraphWriter, x: Operand, heads: number): Operand {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const split = write.reshape(x, [batch, height * width, heads, channels / heads]);
  return write.reshape(write.transpose(split, [0, 2, 1, 3]), [
    batch * heads,
    height * width,
    channels / heads,
  ]);
}

/** The other way. */
function byPosition(write: GraphWriter, x: Operand, shape: readonly number[], heads: number): Operand {
  const split = write.reshape(x, [shape[0]!, heads, x.shape[1]!, x.shape[2]!]);
  return write.reshape(write.transpose(split, [0, 2, 1, 3]), shape);
}
