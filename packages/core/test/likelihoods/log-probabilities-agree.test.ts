import { tensor4d, tidy } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { likelihoodOf, likelihoods } from "../../src/likelihoods/likelihoods.ts";
import { bitsPerDim } from "../../src/picture.ts";
import { backends, useBackend } from "../support/backends.ts";
import { natsOfPictures } from "../support/nats.ts";
import { logProbability, mixtureOf, scoreAt } from "../support/values.ts";

const mnist = { height: 28, width: 28, channels: 1, levels: 2 };
const cifar = { height: 32, width: 32, channels: 3, levels: 256 };
const moderate = fc.double({ min: -20, max: 20, noNaN: true });
/** Of a categorical, whatever the number of levels. */
const ofCategorical = (logits: ArrayLike<number>, offset: number, levels: number, level: number) =>
  likelihoods.categorical.logProbability({ logits, offset, levels, earlier: [] }, level);
const logits = fc.array(moderate, { minLength: 3, maxLength: 20 });

describe("logProbability", () => {
  it.each([
    [[0, 0, 0, 0], 4, 2, -Math.log(4)],
    [[Math.log(5), 0, Math.log(2)], 3, 0, Math.log(5 / 8)],
    [[Math.log(5), 0, Math.log(2)], 3, 1, Math.log(1 / 8)],
    [[1000, 0, 0], 3, 0, 0],
    [[1000, 0, 0], 3, 1, -1000],
    [[0], 2, 0, -Math.LN2],
    [[Math.log(3)], 2, 1, Math.log(3 / 4)],
    [[Math.log(3)], 2, 0, Math.log(1 / 4)],
    [[1000], 2, 1, 0],
    [[1000], 2, 0, -1000],
    [[-1000], 2, 1, -1000],
  ])("of logits %j, %i levels, level %i is %d", (values, levels, level, expected) => {
    expect(logProbability(values, 0, levels, level)).toBeCloseTo(expected, 12);
  });

  it("of a categorical is the logarithm of the softmax", () => {
    fc.assert(
      fc.property(logits, (values) => {
        const total = values.reduce((sum, logit) => sum + Math.exp(logit), 0);
        values.forEach((logit, level) => {
          const expected = Math.log(Math.exp(logit) / total);
          expect(ofCategorical([7, ...values], 1, values.length, level)).toBeCloseTo(expected, 9);
        });
      }),
    );
  });

  it("of a categorical does not change when all logits move together", () => {
    fc.assert(
      fc.property(logits, fc.constantFrom(-1000, 1000), (values, shift) => {
        const moved = values.map((logit) => logit + shift);
        values.forEach((_, level) => {
          const before = ofCategorical(values, 0, values.length, level);
          expect(ofCategorical(moved, 0, values.length, level)).toBeCloseTo(before, 9);
        });
      }),
    );
  });

  it("of two levels is that of the logits 0 and l", () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), fc.constantFrom(0, 1), (logit, level) => {
        const two = logProbability([logit], 0, 2, level);
        expect(two).toBeCloseTo(ofCategorical([0, logit, Number.NEGATIVE_INFINITY], 0, 3, level), 9);
      }),
    );
  });
});

describe.each(backends)("the loss on %s", (backend) => {
  it.each([
    [1, 2],
    [3, 2],
    [1, 3],
    [3, 4],
    [1, 256],
  ])("is minus the sum of the log-probabilities: %i channels, %i levels", async (channels, levels) => {
    await useBackend(backend);
    const picture = { height: 2, width: 3, channels, levels };
    const each = levels === 2 ? 1 : levels;
    const count = 3;
    const size = 6 * channels;
    // Logits up to ±90: exp overflows float32 at 89.
    const values = Float32Array.from({ length: count * size * each }, (_, i) => 90 * Math.sin(i * i + 1));
    const pictures = Uint8Array.from({ length: count * size }, (_, i) => (i * 7 + 3) % levels);
    const nats = tidy(() =>
      natsOfPictures(
        tensor4d(values, [count, 2, 3, channels * each]),
        tensor4d(Float32Array.from(pictures), [count, 2, 3, channels]),
        { picture },
      ),
    );
    expect(nats.shape).toEqual([count]);
    const got = await nats.data();
    nats.dispose();
    for (let b = 0; b < count; b++) {
      let expected = 0;
      for (let i = b * size; i < (b + 1) * size; i++) {
        expected -= logProbability(values, i * each, levels, pictures[i]!);
      }
      expect(Math.abs(got[b]! - expected)).toBeLessThan(1e-6 * expected);
    }
  });
});

describe.each(backends)("the loss of a mixture on %s", (backend) => {
  /** log s of a component: beyond 87 float32 has no e^-s, beyond 745 float64 has none. */
  const scales = [2, 20, 86, 104, 700, 5000, 1e20];

  it.each([
    [1, 256],
    [3, 5],
    [3, 65_536],
  ])("is finite however wide its scales are: %i channels, %i levels", async (channels, levels) => {
    await useBackend(backend);
    const picture = { height: 1, width: 1, channels, levels };
    const modelled = { picture, ...mixtureOf(2) };
    const numbers = 2 * [3, 6, 10][channels - 1]!;
    /** A scale stands at 2 and 3 of the first channel's numbers, at 1 of the others'. */
    const isScale = (i: number) => [2, 4, 7].includes(i >> 1);
    const count = scales.length;
    const logits = Float32Array.from({ length: count * numbers }, (_, i) =>
      isScale(i % numbers) ? scales[Math.floor(i / numbers)]! : Math.sin(i),
    );
    const pictures = Uint16Array.from({ length: count * channels }, (_, i) => (i * 7) % levels);
    const nats = tidy(() =>
      natsOfPictures(
        tensor4d(logits, [count, 1, 1, numbers]),
        tensor4d(Float32Array.from(pictures), [count, 1, 1, channels]),
        modelled,
      ),
    );
    const got = await nats.data();
    nats.dispose();
    for (let b = 0; b < count; b++) {
      let expected = 0;
      for (let c = 0; c < channels; c++) expected -= scoreAt(modelled, logits, pictures, b * channels + c);
      expect(expected).toBeLessThan(Number.POSITIVE_INFINITY);
      expect(Math.abs(got[b]! - expected)).toBeLessThan(1e-5 * Math.max(1, expected));
    }
    // Inner levels cost what the scale is wide.
    expect(Math.max(...got)).toBeGreaterThan(700);
  });
});

describe("units", () => {
  it("nats of a picture in bits/dim: 81.30 / (784 · 0.693147) = 0.1496", () => {
    expect(bitsPerDim(81.3, mnist)).toBeCloseTo(0.1496, 4);
  });

  it("a uniform distribution costs log₂ K bits per value, whatever the shape", () => {
    expect(bitsPerDim(784 * Math.LN2, mnist)).toBeCloseTo(1, 12);
    expect(bitsPerDim(32 * 32 * 3 * Math.log(256), cifar)).toBeCloseTo(8, 12);
  });

  it("two levels are a Bernoulli, more a categorical", () => {
    const kinds = [2, 3, 256].map((levels) => likelihoodOf({ picture: { channels: 1, levels } }).kind);
    expect(kinds).toEqual(["bernoulli", "categorical", "categorical"]);
  });
});
