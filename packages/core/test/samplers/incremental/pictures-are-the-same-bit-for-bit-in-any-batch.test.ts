import { describe, expect, it } from "vitest";
import { drawPictures } from "../../support/draw-pictures.ts";
import { combinations } from "../../support/pairwise.ts";
import { simdReaders } from "../../support/samplers.ts";
import { drawnModelNames, smallModel } from "../../support/small-models.ts";

const pairs = combinations({
  model: drawnModelNames,
  channels: [1, 3],
  levels: [2, 5, 256],
  classes: [0, 2],
  hidden: [7, 40],
  kernels: ["simd", "relaxed SIMD"],
});
// Groups of 14, 13, 13 channels over 1,000 inputs, hardly any activations behind them: reading a third panel would leave
// the memory.
const edge = { model: "naive", channels: 3, levels: 2, classes: 0, hidden: 40, kernels: "simd" } as const;

describe.each([...pairs, edge])(
  "$model, $channels channels, $levels levels, $classes classes, $hidden hidden, $kernels",
  ({ model: name, channels, levels, classes, hidden, kernels }) => {
    it("alone, in blocks of four and among leftovers", async () => {
      const picture = { height: 5, width: 6, channels, levels };
      const model = smallModel(name, { picture, classes, channels: hidden });
      const labels = classes === 0 ? {} : { classLabel: [1, 0, 0, 1, 1, 0, 1, 0, 0] };
      const options = { count: 9, seed: 5, sampler: simdReaders[kernels], ...labels };
      const one = await drawPictures(model, { ...options, batchSize: 1 });
      // With what is left at their ends, batches of every size from 1 to 9.
      for (const batchSize of [5, 6, 7, 8, 9]) {
        expect(await drawPictures(model, { ...options, batchSize })).toEqual(one);
      }
    });
  },
);
