/**
 * The loss of whole networks, in training as in inference, and its gradient for every parameter tensor: against central
 * differences of an independent float64 forward pass, so fine that neither rounding nor a kink of a ReLU gets in between.
 */

import { tensor, tidy } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { differentiate } from "../../src/computation/differentiate.ts";
import { forwardPass, natsOfValues, type TrainingPass } from "../../src/computation/forward-pass.ts";
import { Trace } from "../../src/computation/trace.ts";
import type { ElementType, Value } from "../../src/computation/value.ts";
import type { Network } from "../../src/network/graph.ts";
import type { Model } from "../../src/network/model.ts";
import { parametersOf, size } from "../../src/network/parameters.ts";
import { dimensions } from "../../src/picture.ts";
import { Purpose, uniform } from "../../src/random/noise.ts";
import { execute } from "../../src/tensors/execute.ts";
import { backends, useBackend } from "../support/backends.ts";
import { handBuilt } from "../support/hand-built.ts";
import { combinations } from "../support/pairwise.ts";
import { randomWeights } from "../support/random-model.ts";
import { randomPictures } from "../support/random-pictures.ts";
import { type Parameters, referenceValues } from "../support/reference-forward.ts";
import { drawnModelNames, smallModel } from "../support/small-models.ts";
import { embeddingOf, mixtureOf, scoreAt } from "../support/values.ts";

type TypedArray = Float32Array | Int32Array;

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

/** The loss by the reference, and what every node is; of nodes that are known it is taken as it is. */
function reference(
  network: Network,
  parameters: Parameters,
  levels: Uint8Array,
  labels: number[],
  training: boolean,
  known: ReadonlyMap<string, Float64Array> = new Map(),
) {
  const values = referenceValues(network, parameters, levels, count, {
    labels,
    known,
    ...(training && { dropoutMask }),
  });
  const logits = values.get(network.output)!;
  return { values, loss: levels.reduce((nats, _, i) => nats - scoreAt(network, logits, levels, i), 0) };
}

/** The computation's loss and its gradients, one array a parameter, by TensorFlow.js. */
function tensorGradients(model: Model, levels: Uint8Array, labels: number[], training: boolean) {
  const { network } = model;
  const { height, width, channels } = network.picture;
  const trace = new Trace();
  const given: TypedArray[] = [];
  const argument = (data: TypedArray, shape: readonly number[], type: ElementType = "f32"): Value => {
    given.push(data);
    return trace.argument(String(given.length), shape, type);
  };
  const parameters = new Map(
    parametersOf(network).map(({ name, shape }) => [name, argument(model.weights.get(name)!, shape)]),
  );
  const pictures = argument(Float32Array.from(levels), [count, height, width, channels]);
  const classes = network.classes === 0 ? undefined : argument(Int32Array.from(labels), [count], "s32");
  const masks: TrainingPass = {
    dropoutMask: (index, rate, shape) => argument(dropoutMask(index, rate, size(shape)), shape),
    batchStatistics: () => {},
    devices: 1,
  };
  const logits = forwardPass(trace, network, {
    parameters,
    levels: pictures,
    labels: classes,
    training: training ? masks : undefined,
  });
  const loss = trace.sum(natsOfValues(trace, network, logits, pictures));
  // Running statistics take no part in training.
  const wanted = parametersOf(network).filter(({ trainable }) => trainable || !training);
  const parts = differentiate(
    trace,
    loss,
    wanted.map(({ name }) => parameters.get(name)!),
  );
  const computation = trace.finish({ loss, ...Object.fromEntries(parts.map((part, n) => [n, part])) });
  return tidy(() => {
    const tensors = computation.arguments.map(({ value: { shape, type } }, index) =>
      tensor(given[index]!, [...shape], type === "s32" ? "int32" : "float32"),
    );
    const results = execute(computation, tensors);
    return {
      nats: results.loss!.dataSync()[0]!,
      gradients: wanted.map(({ name }, n) => ({ name, values: results[n]!.dataSync() })),
    };
  });
}

function compare(model: Model, training: boolean) {
  const { network } = model;
  const levels = randomPictures(network.picture, count, 8);
  const labels = [1, 0].map((label) => (network.classes === 0 ? 0 : label % network.classes));
  const exact = new Map([...model.weights].map(([name, values]) => [name, Float64Array.from(values)]));
  const { loss, values: before } = reference(network, exact, levels, labels, training);
  const { nats, gradients } = tensorGradients(model, levels, labels, training);
  expect(Math.abs(nats - loss)).toBeLessThan(1e-5 * count * dimensions(network.picture));

  gradients.forEach(({ name, values }, tensorIndex) => {
    const parameter = exact.get(name)!;
    const scale = Math.max(1, ...values.map(Math.abs));
    // Nothing else reads the parameter, so nodes before its own stay what they are.
    const { node: reader } = parametersOf(network).find((each) => each.name === name)!;
    const unchanged = network.nodes.slice(0, network.nodes.indexOf(reader)).map((node) => node.name);
    const known = new Map(unchanged.map((node) => [node, before.get(node)!]));
    for (let n = 0; n < ENTRIES; n++) {
      const entry = Math.floor(parameter.length * uniform(5, tensorIndex, n, Purpose.shuffle, 0, 1));
      const value = parameter[entry]!;
      const [above, below] = [STEP, -STEP].map((step) => {
        parameter[entry] = value + step;
        return reference(network, exact, levels, labels, training, known).loss;
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
    model: drawnModelNames,
    channels: [1, 3],
    levels: [2, 4, 256],
    components: [0, 1, 3],
    embedding: [0, 3],
    size: [
      [3, 3],
      [2, 5],
    ],
    classes: [0, 1, 2],
    training: [true, false],
    backend: backends,
  }),
)(
  "$model, $channels channels, $levels levels, $components components, embedding of $embedding, $size, $classes classes, training $training, $backend",
  ({
    model: name,
    channels,
    levels,
    components,
    embedding,
    size: [height, width],
    classes,
    training,
    backend,
  }) => {
    it("the gradient is that of the loss", async () => {
      await useBackend(backend);
      const picture = { height, width, channels, levels };
      const options = { picture, ...mixtureOf(components), ...embeddingOf(embedding), classes };
      compare(smallModel(name, { ...options, channels: 4, dropout: 0.25 }, 3), training);
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
