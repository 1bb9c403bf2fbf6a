/** What a computation is told of a batch, by the names of its arguments. */
import type { Batch } from "@pixelcnn/core/data";
import type { DropoutNoise } from "@pixelcnn/core/training";

export function batchArguments(
  { levels, inside, places, counts, labels }: Batch,
  dropout: DropoutNoise,
): Readonly<Record<string, ArrayLike<number> | null | undefined>> {
  return {
    levels,
    inside,
    places,
    counts,
    labels,
    seed: [dropout.seed >>> 0, Math.floor(dropout.seed / 2 ** 32)],
    pictures: dropout.indices,
    step: [dropout.step],
  };
}
