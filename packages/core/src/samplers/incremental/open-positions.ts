import type { Model } from "../../network/model.ts";
import type { PositionwisePass } from "../sampler.ts";
import { openCachedPasses } from "./scalar-sampler.ts";
import { takeArena } from "./simd/arena.ts";
import { Batch } from "./simd/batch.ts";
import { bestVariant } from "./simd/kernels.ts";

/**
 * The incremental sampler for who wants the logits themselves: a batch of pictures that the caller makes grow. With the fastest
 * kernels that the engine has.
 *
 * @param labels one a picture; null for a network without classes.
 */
export async function openPositions(
  model: Model,
  count: number,
  labels: Int32Array | null,
): Promise<PositionwisePass> {
  const variant = bestVariant();
  if (variant === null) return openCachedPasses(model, count, labels);
  const batch = new Batch(model, await takeArena(model, variant), count, labels);
  return {
    logits(y, x, channel) {
      batch.advance(y, x, channel);
      return batch.logits(y, x, channel);
    },
    set: (y, x, channel, levels) => batch.set(y, x, channel, levels),
    dispose: () => batch.dispose(),
  };
}
