import { buildPreset, incrementalSampler, type Model, type Sampler, sample } from "@pixelcnn/core";
import { ShaderError } from "@pixelcnn/core/shader";
import { initialise } from "@pixelcnn/core/training";
import { withFallback } from "@pixelcnn/drawing";
import { expect, it } from "vitest";

const picture = { height: 6, width: 4, channels: 1, levels: 2 };
const model: Model = initialise(buildPreset("naive", { picture, channels: 4, layers: 1 }), 0);
const options = { count: 5, batchSize: 2, seed: 3 };

/** Draws two rows of wrong values, and fails. */
function failing(error: Error, calls: { count: number }): Sampler {
  return {
    name: "failing",
    async *draw(_, { pixels }) {
      calls.count++;
      pixels.fill(1);
      yield 4;
      yield 8;
      throw error;
    },
  };
}

async function draw(sampler: Sampler) {
  const levels: number[] = [];
  const positions: number[] = [];
  for await (const frame of sample(model, { ...options, sampler })) {
    positions.push(frame.position);
    if (frame.complete) levels.push(...frame.pixels);
  }
  return { levels, positions };
}

it("the other sampler begins the batch anew and draws the rest, and no row comes twice", async () => {
  const calls = { count: 0 };
  const sampler = withFallback(failing(new ShaderError("lost", "gone"), calls), incrementalSampler);
  expect(sampler.name).toBe("failing");
  expect(await draw(sampler)).toEqual(await draw(incrementalSampler));
  expect(sampler.name).toBe("failing, then incremental");
  // A lost GPU is not asked again.
  expect(calls.count).toBe(1);
});

it("any other error is the caller's", async () => {
  const sampler = withFallback(failing(new Error("else"), { count: 0 }), incrementalSampler);
  await expect(draw(sampler)).rejects.toThrow("else");
});
