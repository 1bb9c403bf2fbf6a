import { expect, it } from "vitest";
import { OptionError } from "../../src/errors.ts";
import { local } from "../../src/index.ts";
import { type BatchSource, epochOf } from "../../src/training/batches.ts";
import { train } from "../../src/training/index.ts";
import { randomWeights } from "../support/random-model.ts";
import { smallDataset } from "./support/small-training.ts";

const COUNT = 2000;
const picture = { height: 6, width: 5, channels: 3, levels: 16 };
const network = local({ picture, window: 5, channels: 6 });
const dataset = smallDataset({ picture });
const preparation = { levels: 16, binarise: null };
/** Cells of a window of 5, and the one that it is of. */
const [CELLS, PIXEL] = [15, 12];

function batchOf(changes: Partial<BatchSource> = {}, step = 7) {
  const source = { dataset, network, preparation, seed: 2, ...changes };
  return epochOf("pixels", source, dataset.train, 1).batch(0, COUNT, step).batch;
}

/** Values of every cell, and whether they are others than without noise. */
function cellsOf(noisy: ReturnType<typeof batchOf>, plain: ReturnType<typeof batchOf>) {
  return Array.from({ length: COUNT * CELLS }, (_, at) => {
    const [got, before] = [noisy, plain].map(({ levels }) => [...levels.subarray(3 * at, 3 * at + 3)]);
    return { window: Math.floor(at / CELLS), cell: at % CELLS, got: got!, before: before! };
  });
}

it("of so many windows, in the picture and never of the pixel itself", () => {
  const plain = batchOf();
  const noisy = batchOf({ noisyWindows: 0.3 });
  expect({ ...noisy, levels: null }).toEqual({ ...plain, levels: null });
  const changed = cellsOf(noisy, plain).filter(({ got, before }) => String(got) !== String(before));
  for (const { window, cell } of changed) {
    expect(cell).not.toBe(PIXEL);
    expect(plain.inside![window * CELLS + cell]).toBe(1);
  }
  const perWindow = new Map<number, number>();
  for (const { window } of changed) perWindow.set(window, (perWindow.get(window) ?? 0) + 1);
  // 600 are chosen, give or take four standard deviations of 20; of a few of them no pixel is.
  expect(perWindow.size).toBeGreaterThan(400);
  expect(perWindow.size).toBeLessThan(680);
  // From a pixel of them to nearly all that are there.
  expect(Math.min(...perWindow.values())).toBe(1);
  expect(Math.max(...perWindow.values())).toBeGreaterThan(11);
});

it("by any level, and by black and white above all", () => {
  const [noisy, plain] = [batchOf({ noisyWindows: 1 }), batchOf()];
  const values = cellsOf(noisy, plain)
    .filter(({ got, before }) => String(got) !== String(before))
    .flatMap(({ got }) => got);
  const share = (level: number) => values.filter((value) => value === level).length / values.length;
  expect(values.length).toBeGreaterThan(10_000);
  for (const end of [0, 15]) expect(Math.abs(share(end) - (0.25 + 0.5 / 16))).toBeLessThan(0.02);
  for (let level = 1; level < 15; level++) expect(Math.abs(share(level) - 0.5 / 16)).toBeLessThan(0.01);
});

it("the same for the same seed and step, other for others, none for a share of 0", () => {
  const levels = (changes: Partial<BatchSource>, step?: number) => batchOf(changes, step).levels;
  const noisy = { noisyWindows: 0.5 };
  expect(levels(noisy)).toEqual(levels(noisy));
  expect(levels({ noisyWindows: 0 })).toEqual(levels({}));
  const changedAt = (step: number, seed: number) => {
    const [got, plain] = [levels({ ...noisy, seed }, step), levels({ seed }, step)];
    return String(got.map((level, i) => Number(level !== plain[i])));
  };
  expect(new Set([changedAt(7, 2), changedAt(8, 2), changedAt(7, 3)]).size).toBe(3);
});

it("is refused on whole pictures, whose pixels are all there to be learned", async () => {
  const events = train(randomWeights(network, 1), dataset, { length: { steps: 1 }, noisyWindows: 0.1 });
  await expect(events.next()).rejects.toThrow(OptionError);
});
