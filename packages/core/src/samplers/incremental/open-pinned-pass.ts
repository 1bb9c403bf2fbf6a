import type { Model } from "../../network/model.ts";
import type { CachedPass } from "./cached-pass.ts";
import { takeArena } from "./simd/arena.ts";
import { Batch } from "./simd/batch.ts";
import { supports } from "./simd/kernels.ts";

/** Opens a batch of pictures of one model. */
export type OpenPass = (model: Model, count: number, labels: Int32Array | null) => Promise<CachedPass>;

/**
 * A cached pass in pinned arithmetic, whatever the engine: on plain SIMD, else in TypeScript.
 *
 * @param labels one per picture; null for a network without classes.
 */
export const openPinnedPass: OpenPass = async (model, count, labels) =>
  supports("simd")
    ? new Batch(model, await takeArena(model, "simd"), count, labels)
    : openScalarPass(model, count, labels);

/** Fetched by the few engines that need it. */
export const openScalarPass: OpenPass = async (model, count, labels) => {
  const { ScalarBatch } = await import("./scalar/scalar-batch.ts");
  return new ScalarBatch(model, count, labels);
};
