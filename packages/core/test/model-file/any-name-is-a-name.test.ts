/** Names of nodes, tensors and metadata are the writer's: none of them may mean something to the language that reads them. */
import {
  decodeModelFile,
  decodeSafetensors,
  defineModel,
  defineNetwork,
  encodeModelFile,
  encodeSafetensors,
  type Model,
  ModelFileError,
  type NetworkNode,
} from "@pixelcnn/core";
import { expect, it } from "vitest";
import { naiveSampler } from "../../src/tensors/naive-sampler.ts";
import { useBackend } from "../support/backends.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { incrementalSamplers } from "../support/samplers.ts";
import { smallModel } from "../support/small-models.ts";
import { withDescription, withHeader } from "./forge.ts";

const ODD = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "then",
  "0",
  "__metadata__",
];
const picture = { height: 3, width: 4, channels: 1, levels: 4 };
const provenance = {
  dataset: "__proto__",
  command: "constructor",
  date: "2024-01-01",
  steps: 0,
  trainNats: null,
  validation: null,
  test: null,
};

/** The model with odd names for its nodes, and for its tensors but one that the container would not take. */
function oddlyNamed({ network, weights }: Model): Model {
  const names = new Map(network.nodes.map(({ name }, i): [unknown, string] => [name, ODD[i] ?? `node ${i}`]));
  const tensors = new Map(
    [...weights.keys()].map((name, i) => [name, ODD[i % 7]! + "'".repeat(Math.floor(i / 7))]),
  );
  const nodes = network.nodes.map((node) => {
    const changed = Object.entries(node).map(([key, value]) => {
      if (key === "name") return [key, names.get(value)];
      if (key === "inputs") return [key, (value as string[]).map((name) => names.get(name))];
      return [key, tensors.get(value as string) ?? value];
    });
    return Object.fromEntries(changed) as NetworkNode;
  });
  const renamed = defineNetwork({ ...network, nodes, output: names.get(network.output)! });
  return defineModel(renamed, new Map([...weights].map(([name, values]) => [tensors.get(name)!, values])));
}

it("a model whose names are those of JavaScript goes through a file and draws what it drew", async () => {
  await useBackend("cpu");
  const model = smallModel("gated", { picture, channels: 4, layers: 1, classes: 2 }, 3);
  const options = { count: 5, seed: 8, classLabel: [0, 1, 1, 0, 1] };
  const { levels } = await drawPictures(model, options);
  const odd = oddlyNamed(model);
  const file = encodeModelFile({ model: odd, preparation: { levels: 4, binarise: null }, provenance });
  const back = decodeModelFile(file);
  expect(back.model.network).toEqual(odd.network);
  expect(back.model.weights).toEqual(odd.weights);
  expect(back.provenance).toEqual(provenance);
  for (const sampler of [naiveSampler, ...Object.values(incrementalSamplers)]) {
    expect((await drawPictures(back.model, { ...options, sampler })).levels).toEqual(levels);
  }
});

it("tensors and metadata of any name come back, in any order of the header", () => {
  const names = ODD.filter((name) => name !== "__metadata__");
  const tensors = new Map(
    names.map((name, i) => [name, { stored: "F32" as const, shape: [1], values: Float32Array.of(i) }]),
  );
  const metadata = Object.fromEntries(names.map((name) => [name, `text of ${name}`]));
  const back = decodeSafetensors(encodeSafetensors({ metadata, tensors }));
  expect(Object.entries(back.metadata)).toEqual(Object.entries(metadata));
  expect(new Map(back.tensors)).toEqual(tensors);
});

it("no tensor has the name of the metadata", () => {
  const tensors = new Map([["__metadata__", { shape: [1], values: Float32Array.of(1) }]]);
  expect(() => encodeSafetensors({ metadata: {}, tensors })).toThrow(ModelFileError);
  expect(() => encodeSafetensors({ metadata: {}, tensors })).toThrow(/other names than "__metadata__"/);
});

it.each([
  [
    "a tensor in the place of the metadata",
    { dtype: "F32", shape: [1], data_offsets: [0, 4] },
    /at "shape".*name/,
  ],
  ["a text in the place of the metadata", "pixelcnn", /__metadata__: expected an object of texts/],
  ["a list in the place of the metadata", ["pixelcnn"], /__metadata__: expected an object of texts/],
  ["nothing in the place of the metadata", null, /__metadata__: expected an object of texts/],
])("%s is refused", (_, value, message) => {
  const file = withHeader((header) => {
    header.__metadata__ = value;
  });
  expect(() => decodeModelFile(file)).toThrow(ModelFileError);
  expect(() => decodeModelFile(file)).toThrow(message);
});

it.each(["__proto__", "constructor", "toString"])("a field %s is unknown like any other", (name) => {
  for (const place of [(d: object) => d, (d: { network: { nodes: object[] } }) => d.network.nodes[1]!]) {
    const file = withDescription((d) => {
      Object.defineProperty(place(d), name, { value: { op: "relu" }, enumerable: true });
    });
    expect(() => decodeModelFile(file)).toThrow(new RegExp(`${name}: expected no key of this name`));
  }
});
