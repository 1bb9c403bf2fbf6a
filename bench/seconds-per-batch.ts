import { type Model, type Sampler, sample } from "@pixelcnn/core";

/** Time that a fast sampler is repeated for. */
const MILLISECONDS = 3000;

/** Seconds for a whole batch: the fastest of as many as fit the time; a slow sampler is timed once, cold. */
export async function secondsPerBatch(model: Model, sampler: Sampler, count: number): Promise<number> {
  const options = { count, batchSize: count, sampler, ...(model.network.classes > 0 && { classLabel: 0 }) };
  let fastest = Number.POSITIVE_INFINITY;
  const end = performance.now() + MILLISECONDS;
  do {
    const started = performance.now();
    for await (const _ of sample(model, options));
    fastest = Math.min(fastest, (performance.now() - started) / 1000);
  } while (performance.now() < end);
  return fastest;
}
