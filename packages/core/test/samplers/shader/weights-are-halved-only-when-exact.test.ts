import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineModel, type Model } from "../../../src/network/model.ts";
import { generateProgram } from "../../../src/samplers/shader/generator.ts";
import { exactHalf } from "../../../src/samplers/shader/half.ts";
import { shaderSampler } from "../../../src/samplers/shader/index.ts";
import { openDevice } from "../../support/dawn.ts";
import { drawPictures } from "../../support/draw-pictures.ts";
import { smallModel } from "../../support/small-models.ts";

/** The value of 16 bits, by the definition of binary16. */
function halfValue(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -size : size;
}

describe("a binary16 number", () => {
  it("keeps its bits, whichever of all finite ones it is", () => {
    const finite = Array.from({ length: 0x10000 }, (_, bits) => bits).filter(
      (bits) => ((bits >> 10) & 31) !== 31,
    );
    expect(finite).toHaveLength(31 * 2 ** 11);
    expect(finite.filter((bits) => exactHalf(halfValue(bits)) !== bits)).toEqual([]);
  });

  it("is what its own bits mean, and everything else is none", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        const bits = exactHalf(value);
        if (bits === null) return;
        expect(halfValue(bits)).toBe(value);
      }),
    );
    for (const value of [65536, 1 + 2 ** -11, 2 ** -25, 1e30, Number.POSITIVE_INFINITY]) {
      expect(exactHalf(value)).toBe(null);
    }
  });
});

describe("a model", () => {
  const picture = { height: 5, width: 5, channels: 1, levels: 4 };
  const model = smallModel("pixelcnn", { picture, layers: 1 });
  /** Every weight as its nearest multiple of 2⁻⁸, which binary16 holds below 8. */
  const coarse: Model = defineModel(
    model.network,
    new Map([...model.weights].map(([name, values]) => [name, values.map((w) => Math.round(w * 256) / 256)])),
  );

  it("takes half the memory when all its weights are such numbers, and draws the same pictures", async () => {
    const [full, half] = [generateProgram(model), generateProgram(coarse)];
    expect(full.weights).toBeInstanceOf(Float32Array);
    expect(half.weights).toBeInstanceOf(Uint16Array);
    expect(half.weights).toHaveLength(full.weights.length);
    const sampler = shaderSampler(await openDevice());
    for (const one of [model, coarse]) {
      const drawn = await drawPictures(one, { count: 2, seed: 1, sampler });
      expect(drawn.levels).toEqual((await drawPictures(one, { count: 2, seed: 1 })).levels);
    }
  });

  it("is not halved for the sake of all but one", () => {
    const weights = new Map(coarse.weights);
    const [name, values] = [...weights].find(([, { length }]) => length > 50)!;
    const changed = values.slice();
    changed[changed.findIndex((value) => value !== 0)]! += 2 ** -20;
    weights.set(name, changed);
    expect(generateProgram(defineModel(model.network, weights)).weights).toBeInstanceOf(Float32Array);
  });
});
