/**
 * Causal attention and its gradient: of every position, of every head,
 *
 *     s_q = queries[p]·keys[q] / √D        P = softmax(s)        y[p] = Σ_{q<p} P_q·values[q]
 *
 *     dvalues[q] = Σ_{p>q} P_q·dy[p]       dP_q = dy[p]·values[q]
 *     dqueries[p] = Σ_{q<p} ds_q·keys[q] / √D        dkeys[q] = Σ_{p>q} ds_q·queries[p] / √D        ds = P∘(dP − Σ P∘dP)
 *
 * Chen et al. 2018, arXiv:1712.09763. The first position has nobody before it and stays apart: the second asks for the first key, and so on, so that every
 * row of weights has an entry. Queries come in blocks, and keys only as far as a block may look: no more than a block's weights are ever held, which the gradient works out
 * anew.
 */
import {
  add,
  concat,
  greater,
  matMul,
  mul,
  pad,
  range,
  reshape,
  slice,
  softmax,
  sub,
  sum,
  type Tensor,
  type Tensor4D,
  tidy,
  transpose,
  zeros,
} from "@tensorflow/tfjs-core";
import { hasKernel, runKernel } from "./fused.ts";

/** Weights of a block, at most, but for a block of one row: 16 MB. */
const BLOCK_WEIGHTS = 2 ** 22;

/** Its power is 0 beside that of any score. */
const NEVER = -1e30;

/**
 * @param queries [B, H, W, heads·D] @param keys [B, H, W, heads·D] @param values [B, H, W, heads·E]
 * @returns [B, H, W, heads·E]
 */
export function attention(queries: Tensor4D, keys: Tensor4D, values: Tensor4D, heads: number): Tensor4D {
  if (hasKernel("CausalAttention")) return runKernel("CausalAttention", { queries, keys, values }, { heads });
  const [q, k, v] = [queries, keys, values].map((x) => byHead(x, heads)) as [Tensor4D, Tensor4D, Tensor4D];
  const first = zeros([v.shape[0], heads, 1, v.shape[3]]);
  const blocks = blocksOf(q).map((block) =>
    tidy(() => matMul(weightsOf(block, q, k), rows(v, 0, block.end))),
  );
  return byPosition(concat([first, ...blocks], 2), values.shape);
}

/** @param dy [B, H, W, heads·E] @returns the gradients of queries, keys and values, channels after channels. */
export function attentionGradient(
  queries: Tensor4D,
  keys: Tensor4D,
  values: Tensor4D,
  dy: Tensor4D,
  heads: number,
): Tensor4D {
  if (hasKernel("CausalAttentionGrad")) {
    return runKernel("CausalAttentionGrad", { queries, keys, values, dy }, { heads });
  }
  const [q, k, v, d] = [queries, keys, values, dy].map((x) => byHead(x, heads)) as [
    Tensor4D,
    Tensor4D,
    Tensor4D,
    Tensor4D,
  ];
  const dq: Tensor[] = [zeros([q.shape[0], heads, 1, q.shape[3]])];
  let [dk, dv]: [Tensor, Tensor] = [zeros(k.shape), zeros(v.shape)];
  for (const block of blocksOf(q)) {
    const [ofQueries, ofKeys, ofValues] = tidy(() => {
      const [from, to] = [block.start + 1, block.end + 1];
      const weights = weightsOf(block, q, k);
      const cotangent = rows(d, from, to);
      const product = mul(weights, matMul(cotangent, rows(v, 0, block.end), false, true));
      const slopes = mul(sub(product, mul(weights, sum(product, 3, true))), scaleOf(q));
      return [
        matMul(slopes, rows(k, 0, block.end)),
        plus(dk, matMul(slopes, rows(q, from, to), true, false)),
        plus(dv, matMul(weights, cotangent, true, false)),
      ] as const;
    });
    dk.dispose();
    dv.dispose();
    dq.push(ofQueries);
    [dk, dv] = [ofKeys, ofValues];
  }
  return concat(
    [
      byPosition(concat(dq, 2), queries.shape),
      byPosition(dk, keys.shape),
      byPosition(dv, values.shape),
    ] as Tensor4D[],
    3,
  );
}

/** Rows of weights: those of positions start + 1 to end, of which the last sees keys 0 to end − 1. */
interface Block {
  readonly start: number;
  readonly end: number;
}

function blocksOf({ shape: [batch, heads, positions] }: Tensor4D): Block[] {
  const last = positions - 1;
  const length = Math.max(1, Math.floor(BLOCK_WEIGHTS / (batch * heads * positions)));
  return Array.from({ length: Math.ceil(last / length) }, (_, block) => ({
    start: block * length,
    end: Math.min(last, (block + 1) * length),
  }));
}

/** P of a block, [B, heads, rows, end]. */
function weightsOf({ start, end }: Block, q: Tensor4D, k: Tensor4D): Tensor {
  const scores = mul(matMul(rows(q, start + 1, end + 1), rows(k, 0, end), false, true), scaleOf(q));
  const isLater = greater(reshape(range(0, end), [1, end]), reshape(range(start, end), [end - start, 1]));
  return softmax(add(scores, mul(isLater, NEVER)));
}

function scaleOf({ shape }: Tensor4D): number {
  return 1 / Math.sqrt(shape[3]);
}

/** Positions `from` to `to` − 1. */
function rows(x: Tensor4D, from: number, to: number): Tensor4D {
  const [batch, heads, , channels] = x.shape;
  return slice(x, [0, 0, from, 0], [batch, heads, to - from, channels]);
}

/** x, and at its first positions what is added. */
function plus(x: Tensor, part: Tensor): Tensor {
  const missing = x.shape[2]! - part.shape[2]!;
  return add(
    x,
    pad(part as Tensor4D, [
      [0, 0],
      [0, 0],
      [0, missing],
      [0, 0],
    ]),
  );
}

/** [B, H, W, heads·D] → [B, heads, H·W, D] */
function byHead(x: Tensor4D, heads: number): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  return transpose(reshape(x, [batch, height * width, heads, channels / heads]), [0, 2, 1, 3]);
}

/** The other way. */
function byPosition(x: Tensor, shape: readonly number[]): Tensor4D {
  return reshape(transpose(x, [0, 2, 1, 3]), [...shape] as [number, number, number, number]);
}
