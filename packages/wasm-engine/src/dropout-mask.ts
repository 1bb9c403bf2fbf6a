/** Core's dropout masks, written into the heap. */
import { writeDropoutMask } from "@pixelcnn/core";
import type { PrimitiveOf } from "@pixelcnn/core/computation";
import type { Machine } from "./machine.ts";
import type { Place } from "./place.ts";

export function dropoutMaskOf(
  { heap }: Machine,
  { node, rate, shape }: PrimitiveOf<"dropoutMask">,
  [seed, pictures, step]: readonly Place[],
  mask: Place,
): () => void {
  return () => {
    const { words, floats } = heap;
    writeDropoutMask(
      floats.subarray(mask.at, mask.at + mask.stored),
      { node, rate },
      {
        seed: words[seed!.at + 1]! * 2 ** 32 + words[seed!.at]!,
        indices: words.subarray(pictures!.at, pictures!.at + shape[0]!),
        step: words[step!.at]!,
      },
    );
  };
}
