/** What `train --json` prints, a value a line, as a schema: the records of a run, and what only somebody who watches is told. */
import { recordSchema } from "@pixelcnn/runs";
import * as v from "valibot";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const described = <S extends v.GenericSchema>(schema: S, description: string) =>
  v.pipe(schema, v.description(description));

const own = [
  v.object({
    type: v.literal("started"),
    time: described(v.string(), "ISO 8601"),
    weights: natural,
    backend: v.string(),
    workers: natural,
    precision: v.picklist(["float32", "tf32", "bf16"]),
    run: described(v.string(), "its directory"),
    step: described(natural, "0, or where it goes on"),
  }),
  v.object({
    type: v.literal("saved"),
    model: described(v.string(), "path of the newest model"),
    samples: described(v.nullable(v.string()), "path of the newest sheet"),
  }),
  // The sheet is written when it has been told.
  v.object({ type: v.literal("samples"), step: natural, epoch: natural, count: natural }),
  v.object({ type: v.literal("stopped"), step: natural }),
  v.object({ type: v.literal("finished"), message: v.string() }),
  v.object({
    type: v.literal("dry-run"),
    memoryBytes: natural,
    imagesPerSecond: v.number(),
    epochs: v.number(),
    trainMs: v.number(),
    evaluationMs: v.number(),
    checkpointBytes: natural,
    diskBytes: natural,
  }),
] as const;

// In the order of their schema.
const [, step, evaluation, , , , done] = recordSchema.options;

/** One line. */
export const trainLineSchema = v.variant("type", [step, evaluation, done, ...own]);
