import type { Computation } from "../computation/computation.ts";
import { forwardPass, natsOfValues } from "../computation/forward-pass.ts";
import { Trace } from "../computation/trace.ts";
import type { Network } from "../network/graph.ts";
import { size } from "../network/parameters.ts";
import { FlatLayout } from "./flat-layout.ts";
import { split, traceBatch } from "./traced-batch.ts";

/**
 * The likelihood of a batch. Arguments: `weights` [N], `statistics` [S], `levels` u8 [B, H, W, C], `labels` s32 [B] with classes. Result: `nats` of every
 * picture, [B].
 */
export function traceLikelihood(network: Network, batchSize: number): Computation {
  const trace = new Trace();
  const layout = new FlatLayout(network);
  const weights = trace.argument("weights", [layout.weightCount]);
  const statistics = trace.argument("statistics", [layout.statisticCount]);
  const { inputs, told } = traceBatch(trace, network, batchSize);
  const parameters = new Map([
    ...split(trace, layout.trained, weights),
    ...split(trace, layout.statistics, statistics),
  ]);
  const logits = forwardPass(trace, network, { ...inputs, parameters });
  const values = natsOfValues(trace, network, logits, told);
  return trace.finish({
    nats: trace.sum(trace.reshape(values, [batchSize, size(values.shape) / batchSize]), [1]),
  });
}
