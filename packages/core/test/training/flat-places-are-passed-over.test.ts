import { beforeAll, describe, expect, it } from "vitest";
import { type Batch, cutBatch } from "../../src/data/index.ts";
import { storedSplit } from "../../src/data/stored-split.ts";
import { OptionError } from "../../src/errors.ts";
import { local } from "../../src/index.ts";
import { type BatchSource, epochOf } from "../../src/training/batches.ts";
import { train } from "../../src/training/index.ts";
import { useBackend } from "../support/backends.ts";
import { randomWeights } from "../support/random-model.ts";
import { cases, networkOf, noiseWindows } from "../support/small-trainings.ts";
import { gradientOf } from "./support/gradient-of.ts";
import { smallDataset } from "./support/small-training.ts";

const COUNT = 20_000;
/** Cells of a window of 5 before its pixel. */
const EARLIER = 12;
const picture = { height: 9, width: 8, channels: 3, levels: 16 };
const network = local({ picture, window: 5, channels: 6 });
const preparation = { levels: 16, binarise: null };
const SIZE = picture.height * picture.width * picture.channels;

/** Ground of one colour; on some pictures a value of one channel of one pixel is another. */
const pictures = [null, { y: 4, x: 3 }, { y: 0, x: 7 }, { y: 8, x: 0 }].map((mark) => {
  const values = new Uint8Array(SIZE).fill(5);
  if (mark !== null) values[(mark.y * picture.width + mark.x) * picture.channels + 2] = 6;
  return { mark, values };
});
const dataset = {
  ...smallDataset({ picture }),
  train: storedSplit(Uint8Array.from(pictures.flatMap(({ values }) => [...values])), SIZE),
};

/** Whether the mark is none of the twelve earlier pixels within two rows and columns. */
function isFlat(index: number, y: number, x: number): boolean {
  const { mark } = pictures[index]!;
  if (mark === null) return true;
  const isEarlier = mark.y < y || (mark.y === y && mark.x < x);
  return !isEarlier || y - mark.y > 2 || Math.abs(x - mark.x) > 2;
}

const places = pictures.flatMap((_, index) =>
  Array.from({ length: picture.height * picture.width }, (_, pixel) => {
    const [y, x] = [Math.floor(pixel / picture.width), pixel % picture.width];
    return { index, y, x, flat: isFlat(index, y, x) };
  }),
);
const FLAT = places.filter(({ flat }) => flat).length / places.length;

function batchOf(changes: Partial<BatchSource> = {}, step = 7, count = COUNT): Required<Batch> {
  const source = { dataset, network, preparation, seed: 2, ...changes };
  return epochOf("pixels", source, dataset.train, 1).batch(0, count, step).batch as Required<Batch>;
}

/** Which pixels of a batch lie where all is alike, by their windows. */
function flatOf({ levels, inside, counts }: Required<Batch>): boolean[] {
  const cells = inside.length / counts.length;
  return Array.from(counts, (_, b) => {
    const seen: number[][] = [];
    for (let cell = 0; cell < EARLIER; cell++) {
      const at = b * cells + cell;
      if (inside[at] === 1) seen.push([...levels.subarray(3 * at, 3 * at + 3)]);
    }
    return seen.every((values) => String(values) === String(seen[0]));
  });
}

describe("of the places around which all is alike", () => {
  it("so large a share is taken, and each counts for the others", () => {
    const share = 0.25;
    const batch = batchOf({ flatPlaces: share });
    const flat = flatOf(batch);
    const taken = flat.filter(Boolean).length / COUNT;
    const expected = (share * FLAT) / (share * FLAT + 1 - FLAT);
    expect(FLAT).toBeGreaterThan(0.7);
    expect(Math.abs(taken - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / COUNT));
    const least = Math.min(...batch.counts);
    for (const [b, count] of batch.counts.entries()) {
      expect(count / least).toBeCloseTo(flat[b] ? 1 / share : 1, 5);
    }
  });

  it("so that every kind of place weighs what it weighs in the set", () => {
    const weights = new Map<string, number>();
    const steps = 5;
    for (let step = 1; step <= steps; step++) {
      const batch = batchOf({ flatPlaces: 0.125 }, step);
      for (const [b, count] of batch.counts.entries()) {
        const place = `${batch.places[2 * b]},${batch.places[2 * b + 1]}`;
        weights.set(place, (weights.get(place) ?? 0) + count);
      }
    }
    const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
    expect(sum / (steps * COUNT)).toBeCloseTo(1, 1);
    // Each of 72 weighs a 72nd; a place that is flat in all pictures is drawn some 600 times, give or take 25.
    expect(weights.size).toBe(72);
    for (const weight of weights.values()) expect(Math.abs((72 * weight) / sum - 1)).toBeLessThan(0.18);
  });

  it("of a batch of one as well, on average", () => {
    const counts = Array.from({ length: 4000 }, (_, i) => batchOf({ flatPlaces: 0.25 }, i + 1, 1).counts[0]!);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const spread = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    expect(spread).toBeGreaterThan(0);
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(spread / counts.length));
  });

  it("all are taken unless it is asked for, and the same for the same seed and step", () => {
    const few = (changes: Partial<BatchSource>, step = 7) => batchOf(changes, step, 500);
    const all = few({});
    expect(all).toEqual(few({ flatPlaces: 1 }));
    expect(new Set(all.counts)).toEqual(new Set([1]));
    const some = few({ flatPlaces: 0.25 });
    expect(some).toEqual(few({ flatPlaces: 0.25 }));
    expect(few({ flatPlaces: 0.25 }, 8).places).not.toEqual(some.places);
  });

  it("is refused on whole pictures", async () => {
    const events = train(randomWeights(network, 1), dataset, { length: { steps: 1 }, flatPlaces: 0.5 });
    await expect(events.next()).rejects.toThrow(OptionError);
  });
});

describe("a pixel that counts n times", () => {
  beforeAll(() => useBackend("wasm"));
  const onPixels = cases.filter(({ name, options }) => name === "local" && !options.dropout).map(networkOf);
  const mixture = local({
    picture: { ...picture, levels: 256 },
    likelihood: { kind: "mixture", components: 2 },
  });

  it.each([...onPixels, network, mixture].map((one, index) => ({ one, index })))(
    "weighs as much as n of it: $one.picture.levels levels, network $index",
    async ({ one }) => {
      const batch = noiseWindows(one, 3, 1) as Required<Batch>;
      const counted = await gradientOf(one, { ...batch, counts: Float32Array.of(3, 0, 1) });
      const [first, , third] = [0, 1, 2].map((b) => cutBatch(batch, b, b + 1) as Required<Batch>);
      const repeated = joined([first!, first!, first!, third!]);
      const again = await gradientOf(one, { ...repeated, counts: new Float32Array(4).fill(4 / 3) });
      expect(Math.abs(counted.nats / again.nats - 1)).toBeLessThan(1e-6);
      const scale = again.gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const off = counted.gradient.map((value, i) => Math.abs(value - again.gradient[i]!));
      expect(off.reduce((most, value) => Math.max(most, value), 0)).toBeLessThan(1e-5 * scale);
    },
  );

  function joined(batches: readonly Required<Batch>[]): Required<Batch> {
    const all = <A extends Uint8Array | Int32Array>(name: "levels" | "inside" | "places" | "labels") =>
      batches.flatMap((batch) => [...(batch[name] as A)]);
    return {
      levels: Uint8Array.from(all("levels")),
      inside: Uint8Array.from(all("inside")),
      places: Int32Array.from(all("places")),
      labels: Int32Array.from(all("labels")),
      counts: new Float32Array(batches.length),
    };
  }
});
