import { describe, expect, it } from "vitest";
import { ShapeError } from "../../src/errors.ts";
import { defineModel, type Model } from "../../src/network/model.ts";
import { countWeights, masksOf, parametersOf } from "../../src/network/parameters.ts";
import { initialise, warmStart } from "../../src/training/index.ts";
import { randomPictures } from "../support/random-pictures.ts";
import { referenceLogits } from "../support/reference-forward.ts";
import { modelNames, smallModel } from "../support/small-models.ts";
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

describe.each(modelNames)("%s grown", (name) => {
  const colour = { height: 4, width: 4, channels: 3, levels: 4 };
  const levels = randomPictures(colour, 2, 5);
  const logitsOf = ({ network, weights }: Model) => {
    const drawn = network.picture.channels === 3 ? levels : levels.filter((_, i) => i % 3 === 0);
    return referenceLogits(network, weights, drawn, 2, { labels: [0, 2] });
  };
  // A new layer of `naive` and of `pixelcnn` stands between learned ones, and those of a rectified branch begin as they always do.
  const mayGrowDeeper = !["naive", "pixelcnn", "local"].includes(name);

  it.each([
    ["wider", grey, { channels: 11 }],
    ["wider in colour", colour, { channels: 13 }],
    ...(mayGrowDeeper ? ([["wider and deeper", colour, { channels: 13, layers: 3 }]] as const) : []),
  ] as const)("%s computes what it computed", (_, picture, larger) => {
    const options = { picture, classes: 3, channels: 8, layers: 2 };
    const learned = smallModel(name, options);
    const start = smallModel(name, { ...options, ...larger }, 2);
    const grown = warmStart(start, learned);
    const wanted = logitsOf(learned);
    expect(maxDifference(logitsOf(grown), wanted)).toBeLessThan(1e-12);
    // And it is not the same network: what is new can be learned.
    expect(countWeights(grown.network)).toBeGreaterThan(countWeights(learned.network));
    const masks = masksOf(grown.network);
    const changed = [...grown.weights].map(([parameter, values]) => {
      return [
        parameter,
        values.map((value, i) => (masks.get(parameter)?.[i] === 0 ? 0 : value || 0.1)),
      ] as const;
    });
    expect(logitsOf(defineModel(grown.network, new Map(changed)))).not.toEqual(wanted);
  });
});

it("a narrower layer starts as it always does", () => {
  const learned = smallModel("gated", { picture: grey, channels: 8 });
  const start = smallModel("gated", { picture: grey, channels: 6 }, 2);
  expect(() => warmStart(start, learned)).toThrow(/no narrower than before, got none/);
});

function maxDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
