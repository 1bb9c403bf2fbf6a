import type { Model } from "../../network/model.ts";
import type { PositionwisePass } from "../sampler.ts";
import type { CachedPass } from "./cached-pass.ts";
import { openScalarPass } from "./open-pinned-pass.ts";
import { takeArena } from "./simd/arena.ts";
import { Batch } from "./simd/batch.ts";
import { bestVariant } from "./simd/kernels.ts";

/**
 * The incremental sampler for who wants the logits themselves: a batch of pictures that the caller makes grow. With the fastest
 * kernels that the engine has.
 *
 * @param labels one per picture; null for a network without classes.
 */
export async function openPositions(
  model: Model,
  count: number,
  labels: Int32Array | null,
): Promise<PositionwisePass> {
  const variant = bestVariant();
  const pass: CachedPass =
    variant === null
      ? await openScalarPass(model, count, labels)
      : new Batch(model, await takeArena(model, variant), count, labels);
  return {
    logits(y, x, channel) {
      pass.advance(y, x, channel);
      return pass.logits(y, x, channel);
    },
    set: (y, x, channel, levels) => pass.set(y, x, channel, levels),
    dispose: () => pass.dispose(),
  };
}
