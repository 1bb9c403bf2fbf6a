/** What core draws in Node: the truth that the page is compared with. */
import { fileURLToPath } from "node:url";
import { type Model, type SampleOptions, sample } from "@pixelcnn/core";
import { levelToByte } from "@pixelcnn/core/data";
import { loadedModel } from "./loaded-model.ts";

export const modelFile = (name: string) =>
  fileURLToPath(new URL(`../../../../models/${name}.safetensors`, import.meta.url));

/** Bytes of the pictures, [count, H, W], of a model with one channel. @param which a model of models/ by its name, or another one. */
export async function drawnByCore(which: string | Model, options: SampleOptions): Promise<number[]> {
  const model = typeof which === "string" ? await loadedModel(which) : which;
  const { levels } = model.network.picture;
  const bytes: number[] = [];
  for await (const { complete, pixels } of sample(model, options)) {
    if (complete) bytes.push(...Array.from(pixels, (level) => levelToByte(level, levels)));
  }
  return bytes;
}

/** Labels of `count` pictures of all ten classes in turn. */
export function inTurn(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i % 10);
}
