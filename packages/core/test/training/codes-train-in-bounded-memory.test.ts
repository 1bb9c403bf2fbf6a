/** Codes: levels by the thousand that have no order. A table of them is looked up and added up row by row, never by a matrix of positions × levels. */
import { memory, profile, tensor1d, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { Trace } from "../../src/computation/trace.ts";
import { gated, local } from "../../src/index.ts";
import type { Network } from "../../src/network/graph.ts";
import { countWeights } from "../../src/network/parameters.ts";
import { execute } from "../../src/tensors/execute.ts";
import { initialise, Trainer } from "../../src/training/index.ts";
import { type Backend, useBackend } from "../support/backends.ts";
import { trainerOptions } from "./support/small-training.ts";

const FLOAT = 4;

describe.each(["cpu", "wasm"] satisfies Backend[])(
  "4,096 rows of a table of 16,384 levels, on %s",
  (backend) => {
    const [positions, levels, columns] = [4096, 16_384, 8];

    it("are added up in the memory of rows and table, where a matrix of both has 268 MB", async () => {
      await useBackend(backend);
      const trace = new Trace();
      const rows = trace.argument("rows", [positions, columns]);
      const indices = trace.argument("indices", [positions], "s32");
      const computation = trace.finish({
        sums: trace.apply({ op: "scatterAdd", rows: levels }, rows, indices),
      });
      const [values, names] = [
        Float32Array.from({ length: positions * columns }, (_, i) => (i % 100) - 50),
        Int32Array.from({ length: positions }, (_, i) => (i * i * 7) % levels),
      ];
      const expected = new Float32Array(levels * columns);
      values.forEach((value, i) => {
        expected[names[Math.floor(i / columns)]! * columns + (i % columns)]! += value;
      });
      const given = [tensor2d(values, [positions, columns]), tensor1d(names, "int32")];
      const before = memory().numBytes;
      let sums: Float32Array | Int32Array | Uint8Array = new Float32Array();
      const { peakBytes } = await profile(() =>
        tidy(() => {
          sums = execute(computation, given).sums!.dataSync();
        }),
      );
      expect(sums).toEqual(expected);
      expect(peakBytes - before).toBeLessThanOrEqual(3 * FLOAT * levels * columns);
      for (const tensor of given) tensor.dispose();
    });
  },
);

/** [count, 8, 8]: every code follows from the one to its left, and the first ones of rows from each other. */
function codes(count: number, levels: number): Uint16Array {
  return Uint16Array.from({ length: count * 64 }, (_, i) => {
    const [picture, y, x] = [Math.floor(i / 64), Math.floor(i / 8) % 8, i % 8];
    return ((picture % 5) * 31 + y * 7 + x * x * 101) % levels;
  });
}

async function train(network: Network, levels: number, count: number, steps: number) {
  const others = memory().numBytes; // of tests that share the process
  const trainer = new Trainer(initialise(network, 1), trainerOptions);
  const batch = { levels: codes(count, levels), labels: new Int32Array(count) };
  const nats: number[] = [];
  let peak = 0;
  for (let step = 1; step <= steps; step++) {
    const dropout = { seed: 0, indices: Array.from({ length: count }, (_, i) => i), step };
    const { peakBytes } = await profile(async () => {
      nats.push((await trainer.train(batch, 0.01, dropout)).nats);
    });
    peak = Math.max(peak, peakBytes - others);
  }
  await trainer.dispose();
  return { nats, peak };
}

describe("codes of 8×8", () => {
  it.each([
    ["gated", 1024, gated],
    ["local", 16_384, local],
  ] as const)(
    "%s: %i levels are learned, in a few times the memory of their logits",
    async (_, levels, build) => {
      await useBackend("wasm");
      const picture = { height: 8, width: 8, channels: 1, levels };
      const network = build({ picture, channels: 16, layers: 1, embedding: 16 });
      const [count, steps] = levels === 1024 ? [16, 12] : [4, 8];
      const { nats, peak } = await train(network, levels, count, steps);
      expect(nats[0]! / (64 * Math.log(levels))).toBeCloseTo(1, 5);
      expect(nats.at(-1)! / nats[0]!).toBeLessThan(0.8);
      const logits = count * 64 * levels;
      expect(peak).toBeLessThan(FLOAT * (6 * logits + 16 * countWeights(network)));
    },
  );
});
