/** Part of every measurement made again, in seconds a model: does the record hold what the files give? A backend has been started. */
import { isDeepStrictEqual } from "node:util";
import type { Copies } from "../../src/evaluation/count-copies.ts";
import { hasDataset, recountCopies, remeasurePart } from "./measure.ts";
import type { Results } from "./record.ts";

/** Backends and batches add floats in different orders. */
const RELATIVE_TOLERANCE = 1e-5;

export interface Remeasured {
  readonly model: string;
  /** Null where the data set is not on this machine. */
  readonly nats: number | null;
  readonly recorded: number;
  readonly images: number;
  /** Among the part of the samples, where copies are recorded and the set is here. */
  readonly copies?: Copies;
  readonly agrees: boolean;
}

/** Measures the part of every model's test pictures again whose set is here, and counts copies among a part of the samples where they were counted. */
export async function* remeasure(root: string, results: Results): AsyncGenerator<Remeasured> {
  for (const [model, { dataset, part, copies: counted }] of Object.entries(results)) {
    const isHere = hasDataset(dataset);
    const nats = isHere ? await remeasurePart(root, model, part.images) : null;
    const copies =
      isHere && counted !== undefined ? await recountCopies(root, model, counted.part.images) : undefined;
    const agrees =
      nats !== null &&
      Math.abs(nats / part.nats - 1) < RELATIVE_TOLERANCE &&
      (copies === undefined || isDeepStrictEqual(copies, { ...counted?.part, trained: counted?.trained }));
    yield {
      ...{ model, nats, recorded: part.nats, images: part.images, agrees },
      ...(copies !== undefined && { copies }),
    };
  }
}
