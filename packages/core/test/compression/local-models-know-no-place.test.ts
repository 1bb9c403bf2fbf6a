/**
 * A local model on pictures of another size than its own: a pixel's distribution hangs on what its window holds and on nothing else, and the
 * window beyond a border holds the same at every border and size. So pictures of a pixel more than the window reaches say everything.
 */
import { expect, it } from "vitest";
import { CompressionError } from "../../src/compression/compression-error.ts";
import { fitModel } from "../../src/compression/fit-model.ts";
import type { Model } from "../../src/network/model.ts";
import { windowOf } from "../../src/network/window.ts";
import { predict } from "../../src/sampling/predict.ts";
import { randomPictures } from "../support/random-pictures.ts";
import { smallModel } from "../support/small-models.ts";

const shape = { height: 6, width: 6, channels: 3, levels: 5 };
/** That know the levels as amounts, by a table, or with a plane that is 0 outside alone. */
const models = {
  plain: smallModel("local", { picture: shape, window: 5 }),
  embedding: smallModel("local", { picture: shape, window: 5, embedding: 3 }),
  inside: smallModel("local", { picture: shape, window: 5, planes: ["inside"] }),
};
const { above, left, right } = windowOf(models.plain.network);

/** Distributions of every pixel of a part of a large picture that is a picture of its own. */
const large = { ...shape, height: 12, width: 12 };
const pixels = randomPictures(large, 1);
const row = large.width * shape.channels;

function part(top: number, start: number, height: number, width: number): Uint8Array {
  const rows = Array.from({ length: height }, (_, y) => {
    const at = (top + y) * row + start * shape.channels;
    return pixels.subarray(at, at + width * shape.channels);
  });
  return Uint8Array.from(rows.flatMap((values) => [...values]));
}

async function distributions(model: Model, levels: Uint8Array, height: number, width: number) {
  const all = await predict(fitModel(model, height, width), levels);
  const size = shape.channels * shape.levels;
  return (y: number, x: number) => [...all.subarray((y * width + x) * size, (y * width + x + 1) * size)];
}

const sizes = [
  [above + 1, left + right + 1],
  [above + 2, left + right + 2],
  [1, left + right + 2],
  [7, 8],
] as const;
const cases = Object.keys(models).flatMap((name) =>
  sizes.map(([height, width]) => ({ name: name as keyof typeof models, height, width })),
);

it.each(cases)(
  "$name: $height×$width pixels, wherever they were cut out",
  async ({ name, height, width }) => {
    const model = models[name];
    const whole = await distributions(model, pixels, large.height, large.width);
    let compared = 0;
    for (const top of [0, 1, large.height - height]) {
      for (const start of [0, 1, large.width - width]) {
        const own = await distributions(model, part(top, start, height, width), height, width);
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            // The window of the cut must hold what that of the whole holds: pictures, or what lies beyond the whole's border.
            const sameAbove = y >= above || top === 0;
            const sameLeft = x >= left || start === 0;
            const sameRight = x + right < width || start + width === large.width;
            if (!sameAbove || !sameLeft || !sameRight) continue;
            expect(own(y, x)).toEqual(whole(top + y, start + x));
            compared++;
          }
        }
      }
    }
    expect(compared).toBeGreaterThan(0);
  },
);

it("and a window that holds something else says something else", async () => {
  const [height, width] = [above + 1, left + right + 1];
  const own = await distributions(models.plain, part(0, 0, height, width), height, width);
  const other = await distributions(models.plain, part(1, 1, height, width), height, width);
  expect(own(above, left)).not.toEqual(other(above, left));
});

it.each([["row"], ["column"]] as const)("a model that is told the %s keeps its own size", (plane) => {
  const placed = smallModel("local", { picture: shape, window: 5, planes: ["inside", plane] });
  expect(fitModel(placed, shape.height, shape.width)).toBe(placed);
  expect(() => fitModel(placed, 7, 8)).toThrow(
    new CompressionError(
      "expected pictures of 6×6, as the model models them, got 8×7; this model is told rows or columns, so choose a local model without, which takes any size",
    ),
  );
});
