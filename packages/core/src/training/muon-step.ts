/** Muon on TensorFlow.js: a step of Adam, and then the matrices by muon.ts. */
import {
  add,
  concat,
  div,
  matMul,
  maximum,
  mul,
  reshape,
  slice,
  sqrt,
  square,
  sub,
  sum,
  type Tensor1D,
  type Tensor2D,
  tidy,
  transpose,
} from "@tensorflow/tfjs-core";
import { type AdamOptions, type AdamState, adamStep } from "./adam.ts";
import { type MatrixSlot, piecesOf } from "./matrix-slots.ts";
import { changeScale, type MatrixAlgebra, orthogonal } from "./muon.ts";

const algebra: MatrixAlgebra<Tensor2D> = {
  product: (x, y, transposeRight) => matMul(x, y, false, transposeRight),
  add: (x, y) => add(x, y),
  scale: (x, factor) => mul(x, factor),
  transpose: (x) => transpose(x),
  normalise: (x, least) => div(x, maximum(sqrt(sum(square(x))), least)),
};

/** What Muon has to know of a network. */
export interface Matrices {
  readonly slots: readonly MatrixSlot[];
  /** 1 where a weight may differ from 0, [N]; null where all may. */
  readonly allowed: Tensor1D | null;
}

/**
 * One step; as {@link adamStep}, but for the matrices.
 *
 * @param gradient [N], 0 where a mask forbids a weight.
 */
export function muonStep(
  state: AdamState,
  gradient: Tensor1D,
  gradientNorm: number,
  step: number,
  learningRate: number,
  { slots, allowed, ...options }: AdamOptions & Matrices,
): AdamState {
  return tidy(() => {
    const adams = adamStep(state, gradient, gradientNorm, step, learningRate, options);
    const clip = Math.min(1, options.clipNorm / gradientNorm);
    const { firstMoment } = adams;
    const ahead = add(mul(firstMoment, options.beta1), mul(gradient, clip * (1 - options.beta1))) as Tensor1D;
    const pieces = piecesOf(
      slots,
      adams.weights.size,
      (start, end) => slice(adams.weights, start, end - start),
      (slot) => {
        const { start, end, rows, columns } = slot;
        const momentum = reshape(slice(ahead, start, end - start), [rows, columns]) as Tensor2D;
        const direction = mul(orthogonal(algebra, momentum, slot), learningRate * changeScale(slot));
        const change = reshape(direction, [end - start]) as Tensor1D;
        const wanted = allowed === null ? change : mul(change, slice(allowed, start, end - start));
        return sub(slice(state.weights, start, end - start), wanted) as Tensor1D;
      },
    );
    return { ...adams, weights: concat(pieces) } as AdamState & Record<string, Tensor1D>;
  });
}
