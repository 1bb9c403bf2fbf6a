/**
 * The lines of `metrics.jsonl`: what a training tells, without weights and pictures, which lie in files beside it. Times are
 * ISO 8601; nats are per picture.
 */
import * as v from "valibot";

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** JSON has no NaN or infinity: JSON.stringify writes them as null. */
const figure = v.nullable(v.number());
const likelihood = v.object({ images: natural, nats: figure, bitsPerDim: figure });
const at = { step: natural, epoch: natural };

/** The lines as a schema, a variant a type. */
export const recordSchema = v.variant("type", [
  v.object({ type: v.literal("started"), time: v.string(), weights: natural, backend: v.string() }),
  v.object({
    type: v.literal("step"),
    ...at,
    progress: v.number(),
    nats: figure,
    learningRate: v.number(),
    gradientNorm: figure,
    imagesPerSecond: v.number(),
  }),
  v.object({
    type: v.literal("evaluation"),
    ...at,
    trainNats: figure,
    validation: likelihood,
    test: likelihood,
    imagesPerSecond: v.number(),
    final: v.boolean(),
  }),
  v.object({ type: v.literal("samples"), ...at, file: v.string(), count: natural }),
  v.object({ type: v.literal("checkpoint"), ...at, file: v.string() }),
  v.object({ type: v.literal("resumed"), step: natural }),
  v.object({ type: v.literal("done"), ...at, interrupted: v.boolean(), elapsedMs: v.number() }),
]);

/** One line of the metrics. */
export type RunRecord = v.InferOutput<typeof recordSchema>;

/** The record of a line, or null when it is none that this release knows. Never throws: other releases may write more. */
export function parseRecord(line: string): RunRecord | null {
  try {
    const result = v.safeParse(recordSchema, JSON.parse(line));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}
