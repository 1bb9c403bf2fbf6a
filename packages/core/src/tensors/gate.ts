/**
 * tanh(a)·σ(b), a and b the halves of every channel group, and its gradient.
 *
 *     da = dy·σ(b)·(1 − tanh²(a))          db = dy·tanh(a)·σ(b)·(1 − σ(b))
 *
 * van den Oord et al. 2016, arXiv:1606.05328, equation 2.
 */
import {
  concat,
  mul,
  sigmoid,
  slice,
  square,
  sub,
  type Tensor,
  type Tensor4D,
  tanh,
} from "@tensorflow/tfjs-core";
import type { ChannelRange } from "../network/graph.ts";
import { hasKernel, runKernel } from "./fused.ts";

/**
 * @param x [B, H, W, 2F]
 * @param groups channel ranges of x, each of even size.
 * @returns [B, H, W, F]
 */
export function gate(x: Tensor4D, groups: readonly ChannelRange[]): Tensor4D {
  if (hasKernel("GatedActivation")) {
    return runKernel("GatedActivation", { x }, { groups: filled(groups).flat() });
  }
  return together(
    filled(groups)
      .map((group) => activations(x, group))
      .map(([a, b]) => mul(a, b)),
  );
}

/**
 * @param dy [B, H, W, F]
 * @param y the gate of x where it is there: kernels work tanh(a) out of it.
 * @returns [B, H, W, 2F]
 */
export function gateGradient(
  x: Tensor4D,
  dy: Tensor4D,
  groups: readonly ChannelRange[],
  y?: Tensor4D,
): Tensor4D {
  if (hasKernel("GatedActivationGrad")) {
    return runKernel("GatedActivationGrad", { x, dy, ...(y && { y }) }, { groups: filled(groups).flat() });
  }
  return together(
    filled(groups).flatMap(([start, end]) => {
      const [a, b] = activations(x, [start, end]);
      const d = channels(dy, [start / 2, end / 2]);
      return [mul(mul(d, b), sub(1, square(a))), mul(mul(d, a), mul(b, sub(1, b)))] as Tensor4D[];
    }),
  );
}

/** One channel for three groups leaves two of them empty. */
function filled(groups: readonly ChannelRange[]): ChannelRange[] {
  return groups.filter(([start, end]) => end > start);
}

/** tanh of the first half of a group's channels, σ of the second. */
function activations(x: Tensor4D, [start, end]: ChannelRange): [Tensor4D, Tensor4D] {
  const middle = (start + end) / 2;
  return [tanh(channels(x, [start, middle])), sigmoid(channels(x, [middle, end]))];
}

function channels(x: Tensor4D, [start, end]: ChannelRange): Tensor4D {
  return slice(x, [0, 0, 0, start], [-1, -1, -1, end - start]);
}

function together(parts: readonly Tensor[]): Tensor4D {
  return (parts.length === 1 ? parts[0]! : concat([...parts], 3)) as Tensor4D;
}
