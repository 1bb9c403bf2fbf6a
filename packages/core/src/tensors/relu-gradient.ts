import { mul, step, type Tensor } from "@tensorflow/tfjs-core";
import { hasKernel, runKernel } from "./fused.ts";

/** dy where x > 0, else 0. */
export function reluGradient(x: Tensor, dy: Tensor): Tensor {
  return hasKernel("ReluGrad") ? runKernel("ReluGrad", { y: x, dy }) : mul(dy, step(x));
}
