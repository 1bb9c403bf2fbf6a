import { type Tensor1D, tensor1d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { adamStep } from "../../src/training/adam.ts";
import { useBackend } from "../support/backends.ts";

const SIZE = 50;

/** Kingma & Ba's algorithm 1 as printed, number by number in float64, after the gradient's norm is clipped. */
class ReferenceAdam {
  readonly weights: number[];
  readonly m = new Array<number>(SIZE).fill(0);
  readonly v = new Array<number>(SIZE).fill(0);
  t = 0;

  constructor(start: readonly number[]) {
    this.weights = [...start];
  }

  step(
    gradient: readonly number[],
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    clip: number,
  ) {
    this.t += 1;
    const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
    gradient.forEach((raw, i) => {
      const g = norm > clip ? (raw * clip) / norm : raw;
      this.m[i] = beta1 * this.m[i]! + (1 - beta1) * g;
      this.v[i] = beta2 * this.v[i]! + (1 - beta2) * g * g;
      const corrected = this.m[i]! / (1 - beta1 ** this.t);
      const spread = this.v[i]! / (1 - beta2 ** this.t);
      this.weights[i]! -= (rate * corrected) / (Math.sqrt(spread) + epsilon);
    });
    return norm;
  }
}

/** Size of number i: from 0.001 to 10. */
const sizeOf = (i: number) => 10 ** ((i % 5) - 3);
const squaredSizeOf = (i: number) => sizeOf(i) ** 2;
/** Weights start as large and move by at most about 0.1. */
const weightSizeOf = (i: number) => sizeOf(i) + 0.1;

/** Some fixed numbers of these sizes. */
function numbers(seed: number): number[] {
  return Array.from({ length: SIZE }, (_, i) => Math.fround(Math.sin(seed * 7.3 + i * 1.7) * sizeOf(i)));
}

describe.each([
  { name: "gradients longer than the limit", clipNorm: 0.5 },
  { name: "gradients shorter than the limit", clipNorm: 1000 },
])("$name", ({ clipNorm }) => {
  beforeAll(() => useBackend("cpu"));

  it.each([
    { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    { beta1: 0.5, beta2: 0.99, epsilon: 1e-3 },
  ])(
    "every weight and moment after every step, $beta1, $beta2, $epsilon",
    async ({ beta1, beta2, epsilon }) => {
      const reference = new ReferenceAdam(numbers(0));
      let state = {
        weights: tensor1d(numbers(0)),
        firstMoment: tensor1d(new Float32Array(SIZE)),
        secondMoment: tensor1d(new Float32Array(SIZE)),
      };
      for (let t = 1; t <= 12; t++) {
        const rate = 0.1 / t;
        const norm = reference.step(numbers(t), rate, beta1, beta2, epsilon, clipNorm);
        state = adamStep(state, tensor1d(numbers(t)), norm, t, rate, { beta1, beta2, epsilon, clipNorm });
        expectClose(await values(state.weights), reference.weights, weightSizeOf);
        expectClose(await values(state.firstMoment), reference.m, sizeOf);
        expectClose(await values(state.secondMoment), reference.v, squaredSizeOf);
      }
    },
  );
});

it("a step that goes on from saved moments needs nothing but the step counter", async () => {
  await useBackend("cpu");
  const options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clipNorm: 1000 };
  const reference = new ReferenceAdam(numbers(0));
  for (let t = 1; t <= 30; t++) reference.step(numbers(t), 0.01, 0.9, 0.999, 1e-8, 1000);
  const saved = {
    weights: tensor1d(reference.weights),
    firstMoment: tensor1d(reference.m),
    secondMoment: tensor1d(reference.v),
  };
  const norm = reference.step(numbers(31), 0.01, 0.9, 0.999, 1e-8, 1000);
  const state = adamStep(saved, tensor1d(numbers(31)), norm, 31, 0.01, options);
  expectClose(await values(state.weights), reference.weights, weightSizeOf);
});

async function values(tensor: Tensor1D): Promise<number[]> {
  return Array.from(await tensor.data());
}

/** Float32 against float64: a few roundings of numbers as large as those that came in. */
function expectClose(actual: readonly number[], expected: readonly number[], scale: (i: number) => number) {
  expect(actual).toHaveLength(expected.length);
  const errors = actual.map((value, i) => Math.abs(value - expected[i]!) / scale(i));
  expect(Math.max(...errors)).toBeLessThan(1e-6);
}
