import { beforeAll, describe, expect, it } from "vitest";
import type { Network } from "../../src/network/graph.ts";
import { FlatLayout, initialise, Trainer, type TrainerOptions } from "../../src/training/index.ts";
import type { MatrixSlot } from "../../src/training/matrix-slots.ts";
import { changeScale, muonsMatrices } from "../../src/training/muon.ts";
import { useBackend } from "../support/backends.ts";
import { modelNames } from "../support/small-models.ts";
import { noDropout, randomBatch, smallNetwork, trainerOptions } from "./support/small-training.ts";

const RATE = 0.01;
const muon = { ...trainerOptions, clipNorm: 1e9, optimiser: "muon" } as const;
const grey = { height: 6, width: 6, channels: 1, levels: 4 };
const colour = { height: 5, width: 5, channels: 3, levels: 4 };

/** Singular values of a matrix [rows, columns], largest first: one-sided Jacobi in float64 (Golub & Van Loan, section 8.6.3). */
function singularValues(matrix: readonly number[], rows: number, columns: number): number[] {
  const isWide = columns > rows;
  const [count, length] = isWide ? [rows, columns] : [columns, rows];
  const vectors = Array.from({ length: count }, (_, i) =>
    Array.from({ length }, (_, j) => matrix[isWide ? i * columns + j : j * columns + i]!),
  );
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let i = 0; i < count; i++) {
      for (let j = i + 1; j < count; j++) {
        const [a, b] = [vectors[i]!, vectors[j]!];
        const both = dot(a, b);
        if (Math.abs(both) < 1e-14) continue;
        const tau = (dot(b, b) - dot(a, a)) / (2 * both);
        const tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau));
        const cosine = 1 / Math.hypot(1, tangent);
        const sine = tangent * cosine;
        vectors[i] = a.map((x, k) => cosine * x - sine * b[k]!);
        vectors[j] = a.map((x, k) => sine * x + cosine * b[k]!);
      }
    }
  }
  return vectors.map((vector) => Math.sqrt(dot(vector, vector))).sort((a, b) => b - a);
}

/** What the second step changed, and the momentum that it followed: the logits begin at 0 and hold the first step's gradients back. */
async function secondStep(network: Network, options: TrainerOptions) {
  const trainer = new Trainer(initialise(network, 1), options);
  const train = async (step: number) => {
    await trainer.train(randomBatch(network.picture, 4, 1, step), RATE, noDropout);
    return await trainer.vectors();
  };
  const before = await train(1);
  const after = await train(2);
  await trainer.dispose();
  const { beta1 } = options;
  const change = after.weights.map((weight, i) => before.weights[i]! - weight);
  // m₂ = βm₁ + (1 - β)g, u = βm₂ + (1 - β)g
  const momentum = after.firstMoment.map((m, i) => beta1 * m + m - beta1 * before.firstMoment[i]!);
  return { before, after, change, momentum };
}

const cut = (vector: Float32Array, { start, end }: MatrixSlot) => Array.from(vector.subarray(start, end));

describe("the change of a matrix that no mask cuts", () => {
  beforeAll(() => useBackend("cpu"));

  it.each(["gated", "local", "diagonal-bilstm"] as const)(
    "has singular values of one size wherever the momentum has any, and its directions: %s",
    async (name) => {
      const network = smallNetwork(name, { picture: grey, channels: 8, layers: 2 });
      const layout = new FlatLayout(network);
      const { change, momentum } = await secondStep(network, muon);
      const slots = muonsMatrices(layout);
      expect(slots.length).toBeGreaterThan(2);
      let seen = 0;
      for (const slot of slots) {
        const { rows, columns } = slot;
        const wanted = singularValues(cut(momentum, slot), rows, columns);
        const norm = Math.hypot(...wanted);
        const got = singularValues(
          cut(change, slot).map((x) => x / (RATE * changeScale(slot))),
          rows,
          columns,
        );
        // One that is a thousandth of the norm is made large in five rounds; far smaller ones are only on their way.
        const strong = wanted.filter((value) => value > 1e-2 * norm).length;
        for (const value of got.slice(0, strong)) {
          expect(value).toBeGreaterThan(0.65);
          expect(value).toBeLessThan(1.22);
        }
        // ⟨change, momentum⟩ is the sum of the momentum's singular values, each by one of 0.7 … 1.2.
        const along = cut(change, slot).reduce((sum, x, i) => sum + x * momentum[slot.start + i]!, 0);
        const nuclear = wanted.reduce((sum, value) => sum + value, 0);
        expect(along / (RATE * changeScale(slot) * nuclear)).toBeGreaterThan(0.65);
        seen += strong;
      }
      expect(seen).toBeGreaterThan(slots.length);
    },
  );
});

describe.each(modelNames)("%s, three channels", (name) => {
  beforeAll(() => useBackend("cpu"));
  const network = smallNetwork(name, { picture: colour, channels: 7 });

  it("forbidden weights stay 0, matrices change by Muon, and all else by Adam", async () => {
    const layout = new FlatLayout(network);
    const { before, after, change } = await secondStep(network, muon);
    const allowed = layout.allowed();
    const inMatrix = new Uint8Array(layout.weightCount);
    for (const { start, end } of muonsMatrices(layout)) inMatrix.fill(1, start, end);
    const { beta1, beta2, epsilon } = muon;
    let different = 0;
    change.forEach((got, i) => {
      if (allowed?.[i] === 0) {
        expect(after.weights[i]! + 0).toBe(0);
        return;
      }
      const spread = Math.sqrt(after.secondMoment[i]! / (1 - beta2 ** 2)) + epsilon;
      const byAdam = (RATE * after.firstMoment[i]!) / (1 - beta1 ** 2) / spread;
      const isAdams = Math.abs(got - byAdam) <= 1e-6 * Math.max(1, Math.abs(before.weights[i]!));
      if (inMatrix[i] === 0) expect(isAdams).toBe(true);
      else if (!isAdams) different += 1;
    });
    expect(different).toBeGreaterThan(100);
    const output = layout.trained.filter(({ node }) => node.name === network.output);
    expect(output.length).toBeGreaterThan(0);
    for (const { start } of output) expect(inMatrix[start]).toBe(0);
  });
});

it("a matrix that has no gradient stays as it is", async () => {
  await useBackend("cpu");
  const trainer = new Trainer(initialise(smallNetwork("local", { picture: grey, channels: 8 }), 1), muon);
  const before = (await trainer.vectors()).weights;
  await trainer.train(randomBatch(grey, 4), RATE, noDropout); // the logits begin at 0: nothing comes through them
  const { weights, firstMoment } = await trainer.vectors();
  const slots = muonsMatrices(trainer.layout);
  expect(slots.some((slot) => cut(firstMoment, slot).every((moment) => moment === 0))).toBe(true);
  for (const slot of slots) expect(cut(weights, slot)).toEqual(cut(before, slot));
  await trainer.dispose();
});
