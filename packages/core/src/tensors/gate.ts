/** tanh(a)·σ(b), a and b the halves of every channel group (van den Oord et al. 2016, arXiv:1606.05328, equation 2). */
import {
  concat,
  customGrad,
  mul,
  sigmoid,
  slice,
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
  // One channel for three groups leaves two of them empty.
  const filled = groups.filter(([start, end]) => end > start);
  if (hasKernel("GatedActivation")) {
    const attributes = { groups: filled.flat() };
    const fused = customGrad((x, save) => {
      (save as unknown as (tensors: Tensor[]) => void)([x as Tensor]);
      return {
        value: runKernel("GatedActivation", { x: x as Tensor }, attributes),
        gradFunc: (dy: Tensor, saved: Tensor[]) =>
          runKernel("GatedActivationGrad", { x: saved[0]!, dy }, attributes) as Tensor,
      };
    });
    return fused(x) as Tensor4D;
  }
  const parts = filled.map(([start, end]) => {
    const half = (end - start) / 2;
    const part = (from: number) => slice(x, [0, 0, 0, from], [-1, -1, -1, half]);
    return mul(tanh(part(start)), sigmoid(part(start + half))) as Tensor4D;
  });
  return parts.length === 1 ? parts[0]! : concat(parts, 3);
}
