import { type Model, type Sampler, sample } from "@pixelcnn/core";

/** Time that a fast sampler is repeated for. */
const MILLISECONDS = 3000;

/** A clock, in seconds. */
type Clock = () => number;

const wallClock: Clock = () => performance.now() / 1000;

/** What the process has had of processors: of a sampler on one thread the same, but what runs beside it is not counted. */
export const processorClock: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Seconds for a whole batch: the fastest of as many as fit the time; a slow sampler is timed once, cold. */
export async function secondsPerBatch(
  model: Model,
  sampler: Sampler,
  count: number,
  clock = wallClock,
): Promise<number> {
  const options = { count, batchSize: count, sampler, ...(model.network.classes > 0 && { classLabel: 0 }) };
  let fastest = Number.POSITIVE_INFINITY;
  const end = performance.now() + MILLISECONDS;
  do {
    const started = clock();
    for await (const _ of sample(model, options));
    fastest = Math.min(fastest, clock() - started);
  } while (performance.now() < end);
  return fastest;
}
