import type { Sampler } from "../sampler.ts";
import { drawBatch } from "./draw-batch.ts";
import { ScalarBatch } from "./scalar/scalar-batch.ts";

/** The incremental sampler in plain TypeScript, picture after picture: what faster ones are checked against. */
export const scalarSampler: Sampler = {
  name: "scalar",
  draw: (model, request) => drawBatch(model, request, new ScalarBatch(model, request.count, request.labels)),
};
