import { startBackend } from "@pixelcnn/backends";
import type {} from "@pixelcnn/built-app/build-modules";
import { buildPreset, type PresetName } from "@pixelcnn/core";
import { type GradientResult, initialise, LocalGradients } from "@pixelcnn/core/training";
import { tensor1d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, inject, test } from "vitest";

type Module = typeof import("../src/wasm/parallel-gradients.ts");

/** Built in one piece, as its threads are: each starts in a fraction of the time that it takes from source. */
let ParallelGradients: Module["ParallelGradients"];
beforeAll(async () => {
  await startBackend("wasm");
  const built = inject("built")["packages/backends/src/wasm/parallel-gradients.ts"]!;
  ({ ParallelGradients } = (await import(/* @vite-ignore */ built)) as Module);
});

function startOf(name: PresetName) {
  const picture = { height: 6, width: 5, channels: 1, levels: 4 };
  return initialise(buildPreset(name, { picture, channels: 6, layers: 2 }), 1);
}

/** A batch of five, which no number of threads but one and five divides. */
function requestFor(weights: Float32Array) {
  const levels = Uint8Array.from({ length: 5 * 30 }, (_, i) => (i * 7) % 4);
  const dropout = { seed: 0, indices: [0, 1, 2, 3, 4], step: 1 };
  return { weights: tensor1d(weights), batch: { levels, labels: new Int32Array(5) }, dropout };
}

async function numbersOf({ gradient, statistics, nats }: GradientResult) {
  return { gradient: await gradient.data(), statistics: (await statistics?.data()) ?? null, nats };
}

/** Weights whose logits are not all 0, so that every layer has a gradient. */
function weightsFor(gradients: number): Float32Array {
  return Float32Array.from({ length: gradients }, (_, i) => Math.sin(i) / 4);
}

describe.each(["pixelcnn", "naive"] as const)("%s", (name) => {
  test("the same number of threads gives the same bits every time", { timeout: 60_000 }, async () => {
    const { network } = startOf(name);
    const gradients = await ParallelGradients.start(network, 3);
    try {
      const request = requestFor(weightsFor(gradients.weightCount));
      const first = await numbersOf(await gradients.compute(request));
      const second = await numbersOf(await gradients.compute(request));
      expect(second).toEqual(first);
    } finally {
      gradients.dispose();
    }
  });
});

test("without batch norm, any number of threads gives the gradient of one", { timeout: 60_000 }, async () => {
  const { network } = startOf("pixelcnn");
  const one = new LocalGradients(network);
  for (const threads of [1, 2, 3, 5]) {
    const several = await ParallelGradients.start(network, threads);
    try {
      const request = requestFor(weightsFor(several.weightCount));
      const expected = await numbersOf(await one.compute(request));
      const got = await numbersOf(await several.compute(request));
      const norm = Math.hypot(...expected.gradient);
      const difference = Math.hypot(...expected.gradient.map((value, i) => value - got.gradient[i]!));
      expect(norm).toBeGreaterThan(1e-3);
      expect(difference / norm).toBeLessThan(1e-6);
      expect(got.nats / expected.nats).toBeCloseTo(1, 6);
    } finally {
      several.dispose();
    }
  }
});
