/** What core draws in Node: the truth that the page is compared with. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { decodeModelFile, type SampleOptions, sample } from "@pixelcnn/core";
import { levelToByte } from "@pixelcnn/core/data";

export const modelFile = (name: string) =>
  fileURLToPath(new URL(`../../../../models/${name}.safetensors`, import.meta.url));

/** Bytes of the pictures, [count, H, W], of a model with one channel. */
export async function drawnByCore(name: string, options: SampleOptions): Promise<number[]> {
  const { model } = decodeModelFile(await readFile(modelFile(name)));
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
