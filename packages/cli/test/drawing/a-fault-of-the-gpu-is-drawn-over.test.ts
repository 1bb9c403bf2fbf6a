import { buildModel, incrementalReader, type Model, type Reader, sample } from "@pixelcnn/core";
import { ShaderError } from "@pixelcnn/core/shader";
import { initialise } from "@pixelcnn/core/training";
import { expect, it } from "vitest";
import { withFallback } from "../../src/drawing/fallback-reader.ts";

const picture = { height: 6, width: 4, channels: 1, levels: 2 };
const model: Model = initialise(buildModel("naive", { picture, channels: 4, layers: 1 }), 0);
const options = { count: 5, batchSize: 2, seed: 3 };

/** Draws two rows of wrong values, and fails. */
function failing(error: Error, calls: { count: number }): Reader {
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

async function draw(reader: Reader) {
  const levels: number[] = [];
  const positions: number[] = [];
  for await (const frame of sample(model, { ...options, reader })) {
    positions.push(frame.position);
    if (frame.complete) levels.push(...frame.pixels);
  }
  return { levels, positions };
}

it("the other reader begins the batch anew and draws the rest, and no row comes twice", async () => {
  const calls = { count: 0 };
  const reader = withFallback(failing(new ShaderError("lost", "gone"), calls), incrementalReader);
  expect(reader.name).toBe("failing");
  expect(await draw(reader)).toEqual(await draw(incrementalReader));
  expect(reader.name).toBe("failing, then incremental");
  // A lost GPU is not asked again.
  expect(calls.count).toBe(1);
});

it("any other error is the caller's", async () => {
  const reader = withFallback(failing(new Error("else"), { count: 0 }), incrementalReader);
  await expect(draw(reader)).rejects.toThrow("else");
});
