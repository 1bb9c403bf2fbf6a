import { beforeAll, describe, expect, it } from "vitest";
import { OptionError } from "../../src/errors.ts";
import { dimensions } from "../../src/picture.ts";
import { sample } from "../../src/sampling/sample.ts";
import { naiveSampler } from "../../src/tensors/naive-sampler.ts";
import { useBackend } from "../support/backends.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { randomPictures } from "../support/random-pictures.ts";
import { drawnModelNames, smallModel } from "../support/small-models.ts";

const picture = { height: 5, width: 4, channels: 3, levels: 4 };
const size = dimensions(picture);
const row = 4 * 3;

/** Rows `from` up to but not `to`. */
function rowsMask(from: number, to: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => (i >= from * row && i < to * row ? 1 : 0));
}

describe.each(drawnModelNames)("completion by %s", (name) => {
  const model = smallModel(name, { picture }, 4);
  beforeAll(() => useBackend("wasm"));

  it.each([
    ["incremental", {}],
    ["naive", { sampler: naiveSampler }],
  ])("keeps what is known, wherever it is (%s)", async (_, sampler) => {
    const levels = randomPictures(picture, 2, 3);
    const mask = Uint8Array.from({ length: 2 * size }, (_, i) => ((i * i + (i >> 3)) % 3 === 0 ? 1 : 0));
    const drawn = await drawPictures(model, { count: 2, seed: 1, known: { levels, mask }, ...sampler });
    mask.forEach((known, i) => {
      if (known) expect(drawn.levels[i]).toBe(levels[i]);
    });
    // And draws the rest: not every unknown value can be the hidden one.
    expect(drawn.levels.some((level, i) => mask[i] === 0 && level !== levels[i])).toBe(true);
  });

  it("given its own first half, draws the second half again", async () => {
    const whole = await drawPictures(model, { seed: 2 });
    const known = { levels: whole.levels, mask: rowsMask(0, 2) };
    expect(await drawPictures(model, { seed: 2, known })).toEqual(whole);
  });

  it("given another first half, draws another second half", async () => {
    const completions = new Set<string>();
    for (let seed = 1; seed <= 4; seed++) {
      const known = { levels: randomPictures(picture, 1, seed), mask: rowsMask(0, 2) };
      completions.add((await drawPictures(model, { seed: 2, known })).levels.slice(2 * row).join());
    }
    expect(completions.size).toBeGreaterThan(1);
  });

  it("is not conditioned by known values that come later", async () => {
    const free = await drawPictures(model, { seed: 2 });
    const known = { levels: randomPictures(picture, 1, 9), mask: rowsMask(3, 5) };
    const completed = await drawPictures(model, { seed: 2, known });
    expect(completed.levels.slice(0, 3 * row)).toEqual(free.levels.slice(0, 3 * row));
    expect(completed.logProbabilities.slice(0, 3 * row)).toEqual(free.logProbabilities.slice(0, 3 * row));
    expect(completed.levels.slice(3 * row)).toEqual(known.levels.slice(3 * row));
  });

  it("takes one picture for all, one per picture, or either with the other's mask, in any batches", async () => {
    const levels = randomPictures(picture, 1, 5);
    const mask = rowsMask(1, 3);
    const three = (values: Uint8Array) => Uint8Array.from({ length: 3 * size }, (_, i) => values[i % size]!);
    const options = { count: 3, seed: 7, batchSize: 2 };
    const expected = await drawPictures(model, { ...options, known: { levels, mask } });
    for (const known of [
      { levels: three(levels), mask: three(mask) },
      { levels, mask: three(mask) },
      { levels: three(levels), mask },
    ]) {
      expect(await drawPictures(model, { ...options, known })).toEqual(expected);
    }
    const different = randomPictures(picture, 3, 5);
    const drawn = await drawPictures(model, { ...options, known: { levels: different, mask } });
    for (let b = 0; b < 3; b++) {
      const rows = [b * size + row, b * size + 3 * row] as const;
      expect(drawn.levels.slice(...rows)).toEqual(different.slice(...rows));
    }
  });
});

describe("known values", () => {
  const model = smallModel("naive", { picture });
  const attempt = (known: { levels: Uint8Array; mask: Uint8Array }, count = 2) =>
    sample(model, { count, known }).next();

  it("must have the size of a picture or of all pictures", async () => {
    const good = new Uint8Array(size);
    await expect(attempt({ levels: new Uint8Array(size - 1), mask: good })).rejects.toThrow(OptionError);
    await expect(attempt({ levels: good, mask: new Uint8Array(3 * size) })).rejects.toThrow(OptionError);
    await expect(attempt({ levels: good, mask: new Uint8Array(0) })).rejects.toThrow(OptionError);
  });

  it("must be levels of the picture where they are known, and may be anything elsewhere", async () => {
    const levels = new Uint8Array(size).fill(4);
    const none = new Uint8Array(size);
    await expect(attempt({ levels, mask: none })).resolves.toMatchObject({ done: false });
    const one = none.slice();
    one[size - 1] = 1;
    await expect(attempt({ levels, mask: one })).rejects.toThrow("levels below 4, got 4");
    await expect(attempt({ levels, mask: Uint8Array.from([...none, ...one]) })).rejects.toThrow(OptionError);
    levels[size - 1] = 3;
    await expect(attempt({ levels, mask: one })).resolves.toMatchObject({ done: false });
  });
});
