/** How fast samplers draw here. */
import { incrementalSampler, type Model, type Sampler, sample } from "@pixelcnn/core";
import type { DeviceStatus, Measurement } from "./device-status.ts";

/** Pictures of one measurement: enough to fill a batch, few enough to wait for. */
const MEASURED_COUNT = 16;

/** Draws with a sampler and, when that is another one, with the incremental sampler on one core. */
export async function measure(
  model: Model,
  sampler: Sampler,
  name: DeviceStatus["sampler"],
): Promise<Measurement[]> {
  const current = { sampler: name, ...(await timed(model, sampler)) };
  if (name === "incremental") return [current];
  return [current, { sampler: "incremental", ...(await timed(model, incrementalSampler)) }];
}

/** The second of two runs: the first pays for compiling and allocating. */
async function timed(model: Model, sampler: Sampler): Promise<Omit<Measurement, "sampler">> {
  let ms = 0;
  for (let run = 0; run < 2; run++) {
    const start = performance.now();
    for await (const _ of sample(model, {
      count: MEASURED_COUNT,
      seed: run,
      batchSize: MEASURED_COUNT,
      ...(model.network.classes > 0 && { classLabel: 0 }),
      sampler,
    })) {
      // Only the time is wanted.
    }
    ms = performance.now() - start;
  }
  return { count: MEASURED_COUNT, msPerPicture: ms / MEASURED_COUNT };
}
