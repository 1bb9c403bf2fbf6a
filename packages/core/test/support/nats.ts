import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import { natsOfValues } from "../../src/computation/forward-pass.ts";
import { Trace } from "../../src/computation/trace.ts";
import type { Modelled } from "../../src/likelihoods/likelihoods.ts";
import { execute } from "../../src/tensors/execute.ts";

/**
 * Nats of every picture by the computation on the current backend.
 *
 * @param logits [B, H, W, C·K]
 * @param levels [B, H, W, C] float32
 * @returns [B]. The caller disposes.
 */
export function natsOfPictures(logits: Tensor4D, levels: Tensor4D, network: Modelled): Tensor1D {
  const trace = new Trace();
  const [traced, given] = [logits, levels].map(({ shape }, index) => trace.argument(String(index), shape));
  const values = natsOfValues(trace, network, traced!, given!);
  const nats = trace.sum(trace.reshape(values, [levels.shape[0], values.shape[0]! / levels.shape[0]]), [1]);
  return execute(trace.finish({ nats }), [logits, levels]).nats as Tensor1D;
}
