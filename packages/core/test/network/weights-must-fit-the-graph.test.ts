import { describe, expect, it } from "vitest";
import { ShapeError } from "../../src/errors.ts";
import { defineModel } from "../../src/network/model.ts";
import { parametersOf } from "../../src/network/parameters.ts";
import { naive } from "../../src/presets/naive.ts";
import { randomWeights } from "../support/random-model.ts";

const network = naive({ picture: { height: 3, width: 3, channels: 3, levels: 2 }, channels: 3, layers: 1 });
const fitting = randomWeights(network, 1).weights;

/** The fitting weights with one entry of one parameter changed. */
function withEntry(name: string, index: number, value: number) {
  const values = fitting.get(name)!.slice();
  values[index] = value;
  return new Map(fitting).set(name, values);
}

describe("a model", () => {
  it("is its network and its weights, as they are", () => {
    expect(defineModel(network, fitting)).toEqual({ network, weights: fitting });
  });

  it("has parameters in the order of the nodes, running statistics not trained", () => {
    expect(parametersOf(network).map(({ name, shape, trainable }) => [name, shape, trainable])).toEqual([
      ["layer1.convolution.weight", [25, 3, 3], true],
      ["layer1.batchNorm.scale", [3], true],
      ["layer1.batchNorm.shift", [3], true],
      ["layer1.batchNorm.mean", [3], false],
      ["layer1.batchNorm.variance", [3], false],
      ["logits.weight", [1, 3, 3], true],
      ["logits.bias", [3], true],
    ]);
  });

  // Logits' weight [1, in, out]: entry in·3 + out is allowed when in ≤ out, so 3 (G to R) and 7 (B to G) are not.
  const weights = "logits.weight";
  it.each([
    ["a missing parameter", new Map([...fitting].filter(([name]) => name !== weights)), weights],
    ["an unknown parameter", new Map(fitting).set("extra", new Float32Array(1)), "extra"],
    ["a parameter too short", new Map(fitting).set(weights, new Float32Array(8)), weights],
    ["a number that is none", withEntry("logits.bias", 0, Number.NaN), "logits.bias"],
    ["an infinite number", withEntry("logits.bias", 2, Number.POSITIVE_INFINITY), "logits.bias"],
    ["a negative variance", withEntry("layer1.batchNorm.variance", 1, -1), "layer1.batchNorm.variance"],
    ["a weight from G to R", withEntry(weights, 3, 1e-30), weights],
    ["a weight from B to G", withEntry(weights, 7, 1), weights],
  ])("is refused with %s, naming it", (_, changed, name) => {
    expect(() => defineModel(network, changed)).toThrow(ShapeError);
    expect(() => defineModel(network, changed)).toThrow(`"${name}"`);
  });

  it.each([0, 1, 2, 4, 5, 8])(
    "may have any weight where the order of the groups allows one (entry %i)",
    (entry) => {
      expect(() => defineModel(network, withEntry(weights, entry, 7))).not.toThrow();
    },
  );
});
