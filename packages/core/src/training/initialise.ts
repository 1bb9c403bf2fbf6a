/**
 * Weights before training, every one addressed by noise: the same seed gives the same start on any machine.
 *
 *     weight ~ U(-a, a),  a = sqrt(3 / n),  n = weights that reach one output channel      variance 1 / n
 *
 * LeCun et al. 1998, "Efficient BackProp", section 4.6; n counts what masks allow. Biases, shifts and means are 0, scales
 * and variances 1, and so is what a mask forbids 0. The logits start at 0: uniform over the levels, K·log 2 nats at most.
 */
import type { Network } from "../network/graph.ts";
import { defineModel, type Model } from "../network/model.ts";
import { allowedWeights, parametersOf, size } from "../network/parameters.ts";
import { Purpose, uniform } from "../sampling/noise.ts";

/** A model with the weights that training starts from, from the noise of `seed` (whole, 0 ... 2^53 - 1). */
export function initialise(network: Network, seed: number): Model {
  const nodes = new Map(network.nodes.map((node, index) => [node.name, { node, index }]));
  const weights = new Map<string, Float32Array>();
  parametersOf(network).forEach(({ name, shape, role, node }, tensor) => {
    const values = new Float32Array(size(shape));
    weights.set(name, values);
    if (role === "scale" || role === "variance") values.fill(1);
    if (role !== "weight" || node.op !== "convolution" || node.name === network.output) return;
    const outputs = shape.at(-1)!;
    const allowed = allowedWeights(node, nodes.get(node.inputs[0]!)!.node);
    const { index } = nodes.get(node.name)!;
    const fanIn = new Float64Array(outputs);
    for (let i = 0; i < values.length; i++) fanIn[i % outputs]! += allowed?.[i] ?? 1;
    for (let i = 0; i < values.length; i++) {
      if (allowed?.[i] === 0) continue;
      const limit = Math.sqrt(3 / fanIn[i % outputs]!);
      values[i] = limit * (2 * uniform(seed, tensor, i, Purpose.initialise, index, 0) - 1);
    }
  });
  return defineModel(network, weights);
}
