/**
 * The loss of whole networks, in training as in inference, and its gradient for every parameter tensor: against central
 * differences of an independent float64 forward pass, so fine that neither rounding nor a kink of a ReLU gets in between.
 */

import { grads, sum, type Tensor, tensor, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { logitsPerChannel } from "../../src/likelihoods/likelihoods.ts";
import type { Network } from "../../src/network/graph.ts";
import type { Model } from "../../src/network/model.ts";
import { parametersOf } from "../../src/network/parameters.ts";
import { dimensions } from "../../src/picture.ts";
import { Purpose, uniform } from "../../src/random/noise.ts";
import { forward, type TrainingPass } from "../../src/tensors/forward.ts";
import { negativeLogLikelihood } from "../../src/tensors/negative-log-likelihood.ts";
import { oneHotLabels } from "../../src/tensors/upload.ts";
import { backends, useBackend } from "../support/backends.ts";
import { handBuilt } from "../support/hand-built.ts";
import { combinations } from "../support/pairwise.ts";
import { randomWeights } from "../support/random-model.ts";
import { randomPictures } from "../support/random-pictures.ts";
import { type Parameters, referenceLogits } from "../support/reference-forward.ts";
import { modelNames, smallModel } from "../support/small-models.ts";
import { logProbability } from "../support/values.ts";

const count = 2;
const STEP = 1e-5;
/** Entries of every parameter tensor that are compared. */
const ENTRIES = 4;

/** 0 or 1 / (1 - rate), the same for both computations. */
function dropoutMask(index: number, rate: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) =>
    uniform(1, 0, i, Purpose.dropout, index, 1) < rate ? 0 : 1 / (1 - rate),
  );
}

const trainingPass: TrainingPass = {
  dropoutMask: (index, rate, shape) =>
    tensor(
      dropoutMask(
        index,
        rate,
        shape.reduce((product, length) => product * length, 1),
      ),
      [...shape],
    ),
  batchStatistics: () => {},
};

function referenceLoss(
  network: Network,
  parameters: Parameters,
  levels: Uint8Array,
  labels: number[],
  training: boolean,
) {
  const logits = referenceLogits(network, parameters, levels, count, {
    labels,
    ...(training && { dropoutMask }),
  });
  const each = logitsPerChannel(network.picture);
  return levels.reduce(
    (nats, level, i) => nats - logProbability(logits, i * each, network.picture.levels, level),
    0,
  );
}

/** The tensor sampler's loss and its gradients, one array a parameter. */
function tensorGradients(model: Model, levels: Uint8Array, labels: number[], training: boolean) {
  const { network } = model;
  const { height, width, channels } = network.picture;
  const parameters = parametersOf(network);
  return tidy(() => {
    const pictures = tensor4d(Float32Array.from(levels), [count, height, width, channels]);
    const given = parameters.map(({ name, shape }) => tensor(model.weights.get(name)!, [...shape]));
    const loss = (...tensors: Tensor[]) => {
      const named = new Map(parameters.map(({ name }, i) => [name, tensors[i]!]));
      const logits = forward(network, named, pictures, {
        labels: network.classes === 0 ? undefined : oneHotLabels(Int32Array.from(labels), network.classes),
        training: training ? trainingPass : undefined,
      });
      return sum(negativeLogLikelihood(logits, pictures, network.picture));
    };
    // Running statistics take no part in training, and parameters that the output does not reach have no gradient.
    const used = reached(network);
    const wanted = parameters.flatMap(({ trainable, node }, i) =>
      used.has(node.name) && (trainable || !training) ? [i] : [],
    );
    const partial = (...some: Tensor[]) =>
      loss(...given.map((whole, i) => (wanted.includes(i) ? some[wanted.indexOf(i)]! : whole)));
    const gradients = grads(partial)(wanted.map((i) => given[i]!));
    return {
      nats: loss(...given).dataSync()[0]!,
      gradients: wanted.map((i, n) => ({ name: parameters[i]!.name, values: gradients[n]!.dataSync() })),
    };
  });
}

/** Names of the nodes that the output depends on. */
function reached(network: Network): Set<string> {
  const names = new Set([network.output]);
  for (const node of [...network.nodes].reverse()) {
    if (names.has(node.name)) for (const name of node.inputs) names.add(name);
  }
  return names;
}

function compare(model: Model, training: boolean) {
  const { network } = model;
  const levels = randomPictures(network.picture, count, 8);
  const labels = [1, 0].map((label) => (network.classes === 0 ? 0 : label % network.classes));
  const exact = new Map([...model.weights].map(([name, values]) => [name, Float64Array.from(values)]));
  const lossAt = () => referenceLoss(network, exact, levels, labels, training);
  const { nats, gradients } = tensorGradients(model, levels, labels, training);
  expect(Math.abs(nats - lossAt())).toBeLessThan(1e-5 * count * dimensions(network.picture));

  gradients.forEach(({ name, values }, tensorIndex) => {
    const parameter = exact.get(name)!;
    const scale = Math.max(1, ...values.map(Math.abs));
    for (let n = 0; n < ENTRIES; n++) {
      const entry = Math.floor(parameter.length * uniform(5, tensorIndex, n, Purpose.shuffle, 0, 1));
      const value = parameter[entry]!;
      const [above, below] = [STEP, -STEP].map((step) => {
        parameter[entry] = value + step;
        return lossAt();
      }) as [number, number];
      parameter[entry] = value;
      const slope = (above - below) / (2 * STEP);
      expect(
        Math.abs(values[entry]! - slope),
        `${name}[${entry}]: ${values[entry]}, not ${slope}`,
      ).toBeLessThan(3e-5 * scale);
    }
  });
  // Zeros everywhere would agree with a network that does nothing.
  expect(Math.max(...gradients.flatMap(({ values }) => [...values]))).toBeGreaterThan(0.1);
}

describe.each(
  combinations({
    model: modelNames,
    channels: [1, 3],
    levels: [2, 4, 256],
    size: [
      [3, 3],
      [2, 5],
    ],
    classes: [0, 1, 2],
    training: [true, false],
    backend: backends,
  }),
)(
  "$model, $channels channels, $levels levels, $size, $classes classes, training $training, $backend",
  ({ model: name, channels, levels, size: [height, width], classes, training, backend }) => {
    it("the gradient is that of the loss", async () => {
      await useBackend(backend);
      const picture = { height, width, channels, levels };
      compare(smallModel(name, { picture, classes, channels: 4, dropout: 0.25 }, 3), training);
    });
  },
);

describe.each([
  { height: 3, width: 4, channels: 1, levels: 3 },
  { height: 3, width: 3, channels: 3, levels: 2 },
])("hand-built graphs on $height×$width×$channels, $levels levels", (picture) => {
  it.each(handBuilt(picture))("%s", async (_, network) => {
    await useBackend("cpu");
    compare(randomWeights(network, 6), true);
  });
});
