import type { Model } from "../network/model.ts";
import { drawPositions } from "../sampling/draw-positions.ts";
import type { Drawing, DrawRequest, Reader } from "../sampling/reader.ts";
import { openWalks } from "./scalar-reader.ts";
import { takeArena } from "./simd/arena.ts";
import { Batch } from "./simd/batch.ts";
import { bestVariant, type KernelVariant } from "./simd/kernels.ts";

/** Computes every activation once, with cached rows; WebAssembly SIMD where the engine has it, no TensorFlow.js. */
export const incrementalReader: Reader = {
  name: "incremental",
  draw: (model, request) => drawIncrementally(model, request, bestVariant()),
};

/** The incremental reader on given kernels, or without any (null). */
export async function* drawIncrementally(
  model: Model,
  request: DrawRequest,
  variant: KernelVariant | null,
): Drawing {
  const { count, labels } = request;
  const reader =
    variant === null
      ? openWalks(model, count, labels)
      : new Batch(model, await takeArena(model, variant), count, labels);
  yield* drawPositions(model.network.picture, request, reader);
}
