/** The pictures that every installation must draw, drawn from source by the sampler that is easiest to check. */
import { readFile } from "node:fs/promises";
import { decodeModelFile, sample } from "@pixelcnn/core";
import { scalarSampler } from "@pixelcnn/core/incremental";

/** Levels of two pictures of models/glyphs, class 3, seed 7. */
export async function expectedPictures(): Promise<number[]> {
  const bytes = await readFile(new URL("../../models/glyphs.safetensors", import.meta.url));
  const { model } = decodeModelFile(new Uint8Array(bytes));
  const frames = sample(model, { count: 2, seed: 7, classLabel: 3, sampler: scalarSampler });
  for await (const { complete, pixels } of frames) if (complete) return [...pixels];
  throw new Error("expected a complete frame");
}
