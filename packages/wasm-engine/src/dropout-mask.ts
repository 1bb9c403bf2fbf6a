/** Dropout masks from addressed noise, those of core: 0 where u < rate, else 1 / (1 − rate). */
import { Purpose, uniforms } from "@pixelcnn/core";
import type { PrimitiveOf } from "@pixelcnn/core/computation";
import type { Machine } from "./machine.ts";
import type { Place } from "./place.ts";

export function writeDropoutMask(
  { heap }: Machine,
  { node, rate, shape }: PrimitiveOf<"dropoutMask">,
  [seed, pictures, step]: readonly Place[],
  mask: Place,
): () => void {
  const pictureSize = mask.stored / shape[0]!;
  const kept = 1 / (1 - rate);
  return () => {
    const { words, floats } = heap;
    const address = {
      seed: words[seed!.at + 1]! * 2 ** 32 + words[seed!.at]!,
      purpose: Purpose.dropout,
      node,
      time: words[step!.at]!,
    };
    for (let b = 0; b < shape[0]!; b++) {
      const start = mask.at + b * pictureSize;
      const values = floats.subarray(start, start + pictureSize);
      uniforms(values, { ...address, index: words[pictures!.at + b]! });
      for (let i = 0; i < pictureSize; i++) values[i] = values[i]! < rate ? 0 : kept;
    }
  };
}
