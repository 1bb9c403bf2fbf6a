/** Models of random graphs for properties. */
import fc from "fast-check";
import type { Model } from "../../src/network/model.ts";
import { type Choose, randomGraph } from "./random-graph.ts";
import { randomWeights } from "./random-model.ts";

/** A model of a random graph, and what pictures of it need. */
export interface AnyModel {
  readonly choose: Choose;
  readonly model: Model;
  readonly count: number;
  /** One a picture; null for a network without classes. */
  readonly labels: readonly number[] | null;
}

/** Checks `numRuns` random models, with 1 to `most` pictures each. */
export async function forAnyModel(
  options: { readonly numRuns: number; readonly most: number },
  check: (any: AnyModel) => Promise<void>,
): Promise<void> {
  const choices = fc.infiniteStream(fc.nat(0xffff));
  await fc.assert(
    fc.asyncProperty(choices, fc.integer({ min: 1, max: options.most }), async (stream, count) => {
      const choose: Choose = (options) => stream.next().value! % options;
      const model = randomWeights(randomGraph(choose), choose(1000));
      const { classes } = model.network;
      const labels = classes === 0 ? null : Array.from({ length: count }, () => choose(classes));
      await check({ choose, model, count, labels });
    }),
    { numRuns: options.numRuns },
  );
}
