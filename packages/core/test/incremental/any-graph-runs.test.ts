/**
 * Graphs that no preset builds, on the SIMD kernels against the plain walk. Both score the same given pictures, so nothing
 * can differ but rounding.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scalarReader } from "../../src/incremental/scalar-reader.ts";
import { scorePictures } from "../support/draw-pictures.ts";
import { picturesOf, randomGraph } from "../support/random-graph.ts";
import { randomWeights } from "../support/random-model.ts";
import { simdReaders } from "../support/readers.ts";

describe.each(Object.entries(simdReaders))("%s", (_, reader) => {
  it("scores pictures as the plain walk does, whatever the graph, the size and the batch", async () => {
    const choices = fc.infiniteStream(fc.nat(0xffff));
    await fc.assert(
      fc.asyncProperty(choices, fc.integer({ min: 1, max: 7 }), async (stream, count) => {
        const choose = (options: number) => stream.next().value! % options;
        const network = randomGraph(choose);
        const model = randomWeights(network, choose(1000));
        const levels = picturesOf(network.picture, count, choose);
        const labels = Array.from({ length: count }, () => choose(Math.max(1, network.classes)));
        const options = { count, batchSize: count, ...(network.classes > 0 && { classLabel: labels }) };
        const expected = await scorePictures(model, levels, { ...options, reader: scalarReader });
        const scores = await scorePictures(model, levels, { ...options, reader });
        // A score is a difference of logits: its rounding is that of the largest, not its own.
        const largest = expected.reduce((most, score) => Math.max(most, Math.abs(score)), 1);
        scores.forEach((score, i) => {
          expect(Math.abs(score - expected[i]!)).toBeLessThanOrEqual(2e-5 * largest);
        });
      }),
      { numRuns: process.env.PIXELCNN_FULL ? 2000 : 150 },
    );
  }, 600_000);
});
