import { reshape, sum, type Tensor } from "@tensorflow/tfjs-core";
import { hasKernel, runKernel } from "./fused.ts";

/** Sum over some axes. Those before the last, with or without leading ones, are what the gradients of biases are made of. */
export function sumOver(x: Tensor, axes: readonly number[]): Tensor {
  const last = x.rank - 1;
  const kept = x.shape.findIndex((_, axis) => axes.includes(axis));
  const isChannelSum = kept >= 0 && kept + axes.length === last && !axes.includes(last);
  if (!isChannelSum) return sum(x, [...axes]);
  if (hasKernel("ChannelSum")) return runKernel("ChannelSum", { x }, { kept });
  return sum(reshape(x, [...x.shape.slice(0, kept), -1, x.shape[last]!]), kept);
}
