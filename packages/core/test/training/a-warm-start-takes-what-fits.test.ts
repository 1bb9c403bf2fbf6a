import { describe, expect, it } from "vitest";
import { ShapeError } from "../../src/errors.ts";
import { parametersOf } from "../../src/network/parameters.ts";
import { initialise, warmStart } from "../../src/training/index.ts";
import { modelNames } from "../support/small-models.ts";
import { smallNetwork } from "./support/small-training.ts";

const grey = { height: 4, width: 4, channels: 1, levels: 4 };

describe.each(modelNames)("%s", (name) => {
  const learned = initialise(smallNetwork(name, { picture: grey, classes: 3, layers: 2 }), 1);

  it("of the same shape is taken whole", () => {
    const start = initialise(learned.network, 2);
    expect(start.weights).not.toEqual(learned.weights);
    expect(warmStart(start, learned).weights).toEqual(learned.weights);
  });

  it("of other levels and no classes keeps its own logits and takes every other weight", () => {
    const picture = { ...grey, levels: 256 };
    const start = initialise(smallNetwork(name, { picture, classes: 0, layers: 2 }), 2);
    const { weights } = warmStart(start, learned);
    expect(weights).not.toBe(start.weights);
    for (const { name: parameter, node } of parametersOf(start.network)) {
      const from = node.name === start.network.output ? start : learned;
      expect(weights.get(parameter)).toEqual(from.weights.get(parameter));
    }
  });

  it("in colour leaves 0 what the masks of R, G and B forbid", () => {
    const picture = { ...grey, channels: 3 };
    const start = initialise(smallNetwork(name, { picture, classes: 3, layers: 2 }), 2);
    const { weights } = warmStart(start, learned);
    let forbidden = 0;
    let taken = 0;
    for (const { name: parameter, role, allowed: allowedIn } of parametersOf(start.network)) {
      if (role !== "weight") continue;
      const allowed = allowedIn?.() ?? null;
      const theirs = learned.weights.get(parameter);
      if (allowed === null || theirs?.length !== allowed.length) continue;
      taken += 1;
      weights.get(parameter)!.forEach((value, i) => {
        if (allowed[i] === 0) forbidden += Number(theirs[i] !== 0);
        expect(value).toBe(allowed[i] === 0 ? 0 : theirs[i]);
      });
    }
    expect(taken).toBeGreaterThan(0);
    expect(forbidden).toBeGreaterThan(0);
  });

  it("changes neither model, and shares no array with them", () => {
    const network = smallNetwork(name, { picture: { ...grey, levels: 256 }, classes: 3, layers: 2 });
    const start = initialise(network, 2);
    const { weights } = warmStart(start, learned);
    for (const values of weights.values()) values.fill(7);
    expect(start.weights).toEqual(initialise(network, 2).weights);
    expect(learned.weights).toEqual(initialise(learned.network, 1).weights);
  });
});

it("refuses a network that has nothing in common", () => {
  const learned = initialise(smallNetwork("naive", { picture: grey }), 1);
  const start = initialise(smallNetwork("gated", { picture: { ...grey, levels: 2 } }), 1);
  expect(() => warmStart(start, learned)).toThrow(ShapeError);
});
