import { describe, expect, it } from "vitest";
import { OptionError, ShapeError } from "../../src/errors.ts";
import { dimensions } from "../../src/picture.ts";
import { predict } from "../../src/sampling/predict.ts";
import { expectClose } from "../support/close.ts";
import { scorePictures } from "../support/draw-pictures.ts";
import { combinations } from "../support/pairwise.ts";
import { randomPictures } from "../support/random-pictures.ts";
import { drawnModelNames, smallModel } from "../support/small-models.ts";
import { mixtureOf } from "../support/values.ts";

const shape = { height: 4, width: 5 };

describe.each(
  combinations({ model: drawnModelNames, channels: [1, 3], levels: [2, 5, 256], classes: [0, 3] }),
)(
  "$model, $channels channels, $levels levels, $classes classes",
  ({ model: name, channels, levels, classes }) => {
    const picture = { ...shape, channels, levels };
    const model = smallModel(name, { picture, classes });
    const given = randomPictures(picture, 1);
    const options = classes > 0 ? { classLabel: 2 } : {};

    it("every value has probabilities that add up to 1", async () => {
      const distributions = await predict(model, given, options);
      expect(distributions).toHaveLength(dimensions(picture) * levels);
      for (let i = 0; i < given.length; i++) {
        const row = distributions.subarray(i * levels, (i + 1) * levels);
        const sum = row.reduce((total, nats) => total + Math.exp(nats), 0);
        expect(Math.abs(sum - 1)).toBeLessThan(1e-5);
      }
    });

    it("the picture's own levels have the log-probabilities that sampling reports", async () => {
      const distributions = await predict(model, given, options);
      const scores = await scorePictures(model, given, options);
      const own = Array.from(given, (level, i) => distributions[i * levels + level]!);
      expectClose(own, scores, 1e-5);
    });

    it("nothing depends on the value itself or on a later one", async () => {
      const distributions = await predict(model, given, options);
      const at = Math.floor(given.length / 2);
      const changed = given.map((level, i) => (i < at ? level : (level + 1) % levels));
      const others = await predict(model, changed, options);
      const known = (at + 1) * levels;
      expect(others.subarray(0, known)).toEqual(distributions.subarray(0, known));
      expect(others.subarray(known)).not.toEqual(distributions.subarray(known));
    });
  },
);

describe.each(combinations({ levels: [7, 256], components: [0, 3], ranges: [2, 3, 5] }))(
  "$levels levels of $components components in $ranges ranges",
  ({ levels, components, ranges }) => {
    it("have the probabilities of their levels together", async () => {
      const picture = { ...shape, channels: 3, levels };
      const model = smallModel("gated", { picture, ...mixtureOf(components) });
      const given = randomPictures(picture, 1);
      const single = await predict(model, given);
      const together = await predict(model, given, { ranges });
      expect(together).toHaveLength(given.length * ranges);
      const sums = new Float64Array(together.length);
      single.forEach((nats, n) => {
        const [i, k] = [Math.floor(n / levels), n % levels];
        sums[i * ranges + Math.floor((k * ranges) / levels)]! += Math.exp(nats);
      });
      expectClose(together.map(Math.exp), sums, 1e-5);
    });
  },
);

it("65,536 levels of a mixture are read in ranges, and refused where they would fill memory", async () => {
  const picture = { height: 28, width: 28, channels: 3, levels: 65_536 };
  const model = smallModel("naive", { picture, ...mixtureOf(2), layers: 1 });
  const given = new Uint16Array(dimensions(picture)).fill(40_000);
  const together = await predict(model, given, { ranges: 16 });
  for (let i = 0; i < given.length; i++) {
    const sum = together.subarray(i * 16, (i + 1) * 16).reduce((total, nats) => total + Math.exp(nats), 0);
    expect(Math.abs(sum - 1)).toBeLessThan(1e-5);
  }
  await expect(predict(model, given)).rejects.toThrow(/^expected at most 134217728 .* fewer ranges$/);
});

describe("what is no picture of the model is refused", () => {
  const picture = { ...shape, channels: 1, levels: 4 };
  const plain = smallModel("gated", { picture });
  const classy = smallModel("gated", { picture, classes: 2 });
  const black = new Uint8Array(20);

  it.each([
    ["too few values", plain, new Uint8Array(19), {}, ShapeError, "4×5×1 levels, got 19"],
    ["one range", plain, black, { ranges: 1 }, OptionError, "2 to 4 ranges of levels, got 1"],
    ["more ranges than levels", plain, black, { ranges: 5 }, OptionError, "got 5"],
    ["a level that there is not", plain, black.map(() => 4), {}, OptionError, "from 0 to 3, got 4"],
    ["a label without classes", plain, black, { classLabel: 0 }, OptionError, "no classes"],
    ["no label with classes", classy, black, {}, OptionError, "got none"],
    ["a label that there is not", classy, black, { classLabel: 2 }, OptionError, "from 0 to 1"],
  ])("%s", async (_, model, levels, options, kind, message) => {
    const refused = predict(model, levels, options);
    await expect(refused).rejects.toThrow(kind);
    await expect(refused).rejects.toThrow(message);
  });
});
