/**
 * Weights before training, every one addressed by noise: the same seed gives the same start on any machine.
 *
 *     weight ~ U(-a, a),  a = sqrt(3 / n),  n = weights that reach one output channel      variance 1 / n
 *
 * LeCun et al. 1998, "Efficient BackProp", section 4.6; n counts what masks allow; of a table one row alone reaches a channel, so n is 1. Biases, shifts and means are 0, scales
 * and variances 1, and so is what a mask forbids 0. The weights of the logits start as their likelihood says: at 0, or smooth over
 * many levels that have an order; so do their biases. A 1×1 convolution that reads the picture starts as hinges
 * (network/hinge-features.ts), channel i of every group as hinge i.
 */

import { likelihoodOf, logitGroups } from "../likelihoods/likelihoods.ts";
import type { ChannelRange, ConvolutionNode, Network, NetworkNode } from "../network/graph.ts";
import { type Hinge, hingesOf } from "../network/hinge-features.ts";
import { defineModel, type Model } from "../network/model.ts";
import { embedsLevels } from "../network/operations/embedding.ts";
import { masksOf, parametersOf, size } from "../network/parameters.ts";
import { isOrdered } from "../picture.ts";
import { checkSeed, Purpose, uniform } from "../random/noise.ts";

/**
 * A model with the weights that training starts from, from the noise of `seed` (whole, 0 ... 2^53 - 1).
 *
 * @throws {SeedError} for another one.
 */
export function initialise(network: Network, seed: number): Model {
  checkSeed(seed);
  const places = new Map(network.nodes.map(({ name }, index) => [name, index]));
  const masks = masksOf(network);
  const input = network.nodes.find(({ op }) => op === "input")!;
  const hinges = hingesOf(network.picture.levels, network.encoding);
  const weights = new Map<string, Float32Array>();
  parametersOf(network).forEach(({ name, shape, role, node }, tensor) => {
    const values = new Float32Array(size(shape));
    weights.set(name, values);
    if (role === "scale" || role === "variance") values.fill(1);
    if ((role === "weight" || role === "bias") && readsValues(node, input)) {
      fillHinges(values, role, node.groups, hinges);
      return;
    }
    if (role === "bias" && node.name === network.output) fillLogitBiases(values, network);
    if (role !== "weight" && role !== "table") return;
    const outputs = shape.at(-1)!;
    const allowed = masks.get(name);
    const fanIn = new Float64Array(outputs);
    if (role === "table") fanIn.fill(1);
    else for (let i = 0; i < values.length; i++) fanIn[i % outputs]! += allowed?.[i] ?? 1;
    const place = places.get(node.name)!;
    const noise = (element: number) => uniform(seed, tensor, element, Purpose.initialise, place, 0);
    const layer = { values, allowed, fanIn, noise };
    if (node.name !== network.output) fillUniform(layer);
    else fillLogits(layer, network);
  });
  return defineModel(network, weights);
}

/** The weights of one convolution, [taps, F_in, F_out] flattened, or a table, [K, F_out], and what they are made of. */
interface Layer {
  readonly values: Float32Array;
  /** Entries that the mask allows; all when absent. */
  readonly allowed: Uint8Array | undefined;
  /** Allowed weights that reach each output channel, [F_out]. */
  readonly fanIn: Float64Array;
  /** The uniform number of an entry. */
  noise(element: number): number;
}

function fillUniform({ values, allowed, fanIn, noise }: Layer): void {
  for (let i = 0; i < values.length; i++) {
    if (allowed?.[i] === 0) continue;
    values[i] = Math.sqrt(3 / fanIn[i % fanIn.length]!) * (2 * noise(i) - 1);
  }
}

/** Does every channel of the picture by itself become channels of this node? */
function readsValues(node: NetworkNode, input: NetworkNode): node is ConvolutionNode {
  if (node.op !== "convolution" || node.inputs[0] !== input.name || node.taps.length > 1) return false;
  const { dy, dx, pairs } = node.taps[0]!;
  return dy === 0 && dx === 0 && pairs.every(([output, source]) => output === source);
}

/** Fills the weights, [1, C, F] flattened, or the bias, [F], of a node that starts as hinges. */
function fillHinges(
  values: Float32Array,
  part: keyof Hinge,
  groups: readonly ChannelRange[],
  hinges: Hinge[],
) {
  const channels = groups.at(-1)![1];
  groups.forEach(([start, end], group) => {
    const row = part === "weight" ? group * channels : 0;
    for (let i = start; i < end; i++) values[row + i] = hinges[(i - start) % hinges.length]![part];
  });
}

function fillLogits({ values, allowed, fanIn, noise }: Layer, network: Network): void {
  const likelihood = likelihoodOf(network);
  const { levels } = network.picture;
  const hasOrder = isOrdered(network.picture) && !embedsLevels(network);
  for (let row = 0; row < values.length; row += fanIn.length) {
    for (const [start] of logitGroups(network)) {
      const at = row + start;
      if (allowed?.[at] === 0) continue; // a mask's pairs are of whole groups: all logits of a channel or none
      const initial = likelihood.initialWeights(
        levels,
        fanIn[start]!,
        (index) => noise(at + index),
        hasOrder,
      );
      if (initial !== null) values.set(initial, at);
    }
  }
}

function fillLogitBiases(values: Float32Array, network: Network): void {
  const likelihood = likelihoodOf(network);
  logitGroups(network).forEach(([start], channel) => {
    const initial = likelihood.initialBiases(network.picture.levels, channel);
    if (initial !== null) values.set(initial, start);
  });
}
