import type { Model } from "../../network/model.ts";
import type { Drawing, DrawRequest, Sampler } from "../sampler.ts";
import { drawBatch } from "./draw-batch.ts";
import { drawInTurns } from "./draw-in-turns.ts";
import { takeArena } from "./simd/arena.ts";
import { Batch } from "./simd/batch.ts";
import { bestVariant, type KernelVariant } from "./simd/kernels.ts";

/** Computes every activation once, with cached rows; WebAssembly SIMD where the engine has it, no TensorFlow.js. */
export const incrementalSampler: Sampler = {
  name: "incremental",
  draw(model, request) {
    const variant = bestVariant();
    return variant === null ? drawScalar(model, request) : drawSimd(model, request, variant);
  },
};

/** The incremental sampler on kernels of one variant, which the engine must support. */
export function simdSampler(variant: KernelVariant): Sampler {
  return { name: `incremental (${variant})`, draw: (model, request) => drawSimd(model, request, variant) };
}

/** Fetched by the few engines that need it. */
async function* drawScalar(model: Model, request: DrawRequest): Drawing {
  const { scalarSampler } = await import("./scalar-sampler.ts");
  yield* scalarSampler.draw(model, request);
}

async function* drawSimd(model: Model, request: DrawRequest, variant: KernelVariant): Drawing {
  const open = async ({ count, labels }: DrawRequest) =>
    new Batch(model, await takeArena(model, variant), count, labels);
  const attends = model.network.nodes.some(({ op }) => op === "attention");
  yield* attends ? drawInTurns(model, request, open) : drawBatch(model, request, await open(request));
}
