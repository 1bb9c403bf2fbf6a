/** Muon by two engines: after every step their weights are the same, but for what five rounds of the iteration make of a rounding. */
import type { Model } from "@pixelcnn/core";
import { FlatLayout, type TrainingEngine } from "@pixelcnn/core/training";
import { expect } from "vitest";
import { adam, cases, networkOf, noiseBatch } from "./small-trainings.ts";

/** The rule, clipping out of the way and with weight decay. */
export const muon = { ...adam, clipNorm: 1e9, optimiser: "muon", weightDecay: 3 } as const;

/** One of every kind of matrix: masked and not, of a convolution and of an LSTM. */
export const muonCases = (["gated", "local", "snail", "diagonal-bilstm"] as const).map((preset) => {
  const one = [...cases].reverse().find(({ name }) => name === preset)!;
  return { preset, network: networkOf(one) };
});

/** Trains both from the same weights; the caller disposes. */
export async function expectMuonAlike(
  model: Model,
  theirs: TrainingEngine,
  ours: TrainingEngine,
): Promise<void> {
  const { network } = model;
  const { trained } = new FlatLayout(network);
  const start = (await theirs.vectors()).weights;
  for (let step = 1; step <= 3; step++) {
    const batch = noiseBatch(network, 4, step);
    const dropout = { seed: 7, indices: [0, 1, 2, 3], step };
    await theirs.train(batch, 0.003, dropout);
    await ours.train(batch, 0.003, dropout);
    const [wanted, got] = [(await theirs.vectors()).weights, (await ours.vectors()).weights];
    for (const { name, node, role, shape, start: first } of trained) {
      if (role !== "weight" || node.name === network.output) continue;
      const end = first + shape.reduce((product, length) => product * length, 1);
      const moved = wanted.subarray(first, end).map((weight, i) => weight - start[first + i]!);
      const apart = wanted.subarray(first, end).map((weight, i) => weight - got[first + i]!);
      if (step > 1) expect(Math.hypot(...moved), name).toBeGreaterThan(0);
      expect(Math.hypot(...apart), `${name} after step ${step}`).toBeLessThanOrEqual(
        1e-3 * Math.hypot(...moved),
      );
    }
  }
}
