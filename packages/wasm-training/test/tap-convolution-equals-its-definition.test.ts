import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type TapCase, tapConvolution, tapFilterGradient, tapInputGradient } from "./tap-reference.ts";
import { expectClose, normal, runKernel } from "./wasm-session.ts";

/** Of the sums of the products' magnitudes. */
const tolerance = 1e-6;

const magnitudes = (a: Float32Array, b: Float32Array) => [a.map(Math.abs), b.map(Math.abs)] as const;

/** What is added to y and to dx. */
type Addends = readonly ("bias" | "pictureBias" | "addend")[];
const everything: Addends = ["bias", "pictureBias", "addend"];

function check(shape: TapCase, addends: Addends): void {
  const { batch, height, width, inChannels, outChannels, offsets } = shape;
  const taps = offsets.length / 2;
  const inShape = [batch, height, width, inChannels];
  const outShape = [batch, height, width, outChannels];
  const filterShape = [taps, inChannels, outChannels];
  const x = normal(batch * height * width * inChannels, 1);
  const dy = normal(batch * height * width * outChannels, 2);
  const filter = normal(taps * inChannels * outChannels, 3);
  const given = {
    x: { values: x, shape: inShape },
    dy: { values: dy, shape: outShape },
    filter: { values: filter, shape: filterShape },
  };

  const toY = addendsOf(addends, outShape);
  const y = runKernel("TapConv2D", { x: given.x, filter: given.filter, ...toY }, { offsets });
  expect(y.shape).toEqual(outShape);
  expectClose(
    y.values,
    withAddends(tapConvolution(shape, x, filter), toY),
    tolerance,
    withAddends(tapConvolution(shape, ...magnitudes(x, filter)), toY, Math.abs),
  );

  const toDx = addendsOf(addends, inShape);
  const dx = runKernel(
    "TapConv2DBackpropInput",
    { dy: given.dy, filter: given.filter, ...toDx },
    { offsets },
  );
  expect(dx.shape).toEqual(inShape);
  expectClose(
    dx.values,
    withAddends(tapInputGradient(shape, dy, filter), toDx),
    tolerance,
    withAddends(tapInputGradient(shape, ...magnitudes(dy, filter)), toDx, Math.abs),
  );

  const dfilter = runKernel("TapConv2DBackpropFilter", { x: given.x, dy: given.dy }, { offsets });
  expect(dfilter.shape).toEqual(filterShape);
  expectClose(
    dfilter.values,
    tapFilterGradient(shape, x, dy),
    tolerance,
    tapFilterGradient(shape, ...magnitudes(x, dy)),
  );
}

type GivenAddends = Partial<Record<Addends[number], { values: Float32Array; shape: number[] }>>;

/** @param shape [B, H, W, C] of what they are added to */
function addendsOf(names: Addends, shape: readonly number[]): GivenAddends {
  const [batch, , , channels] = shape as [number, number, number, number];
  const shapes = { bias: [channels], pictureBias: [batch, channels], addend: [...shape] };
  const entries = names.map((name, i) => [
    name,
    {
      values: normal(
        shapes[name].reduce((a, b) => a * b),
        4 + i,
      ),
      shape: shapes[name],
    },
  ]);
  return Object.fromEntries(entries) as GivenAddends;
}

function withAddends(
  sums: Float64Array,
  { bias, pictureBias, addend }: GivenAddends,
  of: (value: number) => number = Number,
): Float64Array {
  const channels = bias?.shape[0] ?? pictureBias?.shape[1] ?? 1;
  const pictureSize = pictureBias === undefined ? 1 : sums.length / pictureBias.shape[0]!;
  return sums.map((sum, i) => {
    const picture = Math.floor(i / pictureSize) * channels;
    const parts = [
      bias?.values[i % channels],
      pictureBias?.values[picture + (i % channels)],
      addend?.values[i],
    ];
    return parts.reduce<number>((total, part) => total + of(part ?? 0), sum);
  });
}

const maskA = [-1, -1, -1, 0, -1, 1, 0, -1];
const square = [-1, -1, -1, 0, -1, 1, 0, -1, 0, 0, 0, 1, 1, -1, 1, 0, 1, 1];
const channelCounts = [1, 2, 3, 5, 8, 17, 32];

describe("every pair of channel counts", () => {
  for (const inChannels of channelCounts) {
    for (const outChannels of channelCounts) {
      test(`${inChannels} → ${outChannels}`, () => {
        const shape = { batch: 2, height: 5, width: 6, inChannels, outChannels };
        check({ ...shape, offsets: maskA }, everything);
        check({ ...shape, offsets: [0, 0] }, ["addend"]);
        check({ ...shape, offsets: square }, []);
      });
    }
  }
});

describe("pictures and taps of every kind", () => {
  const base = { batch: 2, height: 7, width: 9, inChannels: 4, outChannels: 12, offsets: square };
  test.each<[string, Partial<TapCase>]>([
    ["a 1×1 picture", { height: 1, width: 1 }],
    ["a picture narrower than a tile", { height: 3, width: 2 }],
    ["one column", { width: 1 }],
    ["one row", { height: 1 }],
    ["a 1×2 kernel", { offsets: [0, -1, 0, 0] }],
    ["a 2×2 kernel", { offsets: [-1, -1, -1, 0, 0, -1, 0, 0] }],
    ["dilation 3", { offsets: square.map((offset) => offset * 3) }],
    ["dilation as wide as the picture", { offsets: square.map((offset) => offset * 8) }],
    ["one tap beside the picture", { offsets: [0, 0, 0, 9, -7, 0] }],
    ["only taps beside the picture", { offsets: [100, 0, 0, -1000] }],
    ["taps below the centre only", { offsets: [1, 0, 2, 2] }],
    ["the same tap twice", { offsets: [0, -1, 0, -1] }],
    ["more positions than a block", { batch: 1, height: 40, width: 30 }],
    ["a long 1×1 batch", { batch: 3, height: 20, width: 20, offsets: [0, 0] }],
  ])("%s", (_, change) => {
    check({ ...base, ...change }, everything);
    check({ ...base, ...change, inChannels: 1 }, []);
  });
});

const twoRows = [-1, -1, -1, 0, -1, 1, 0, -1, 0, 0, 0, 1];

describe("rows of three taps, in pairs of positions", () => {
  const base = { batch: 2, height: 6, width: 8, inChannels: 32, outChannels: 64, offsets: twoRows };
  test.each<[string, Partial<TapCase>]>([
    ["two rows", {}],
    ["one row", { offsets: [-1, -1, -1, 0, -1, 1] }],
    ["three rows", { offsets: square }],
    ["taps in another order", { offsets: [0, 1, -1, 0, 0, -1, -1, 1, 0, 0, -1, -1] }],
    ["rows below alone", { offsets: [2, -1, 2, 0, 2, 1, 3, -1, 3, 0, 3, 1] }],
    ["an odd number of columns", { width: 9 }],
    ["dilation 2", { offsets: twoRows.map((offset) => offset * 2) }],
    [
      "dilation 3 and pairs that end beyond the row",
      { width: 13, offsets: twoRows.map((offset) => offset * 3) },
    ],
    [
      "dilation 2 in a row that ends within a pair",
      { width: 10, offsets: twoRows.map((offset) => offset * 2) },
    ],
    ["half a panel", { inChannels: 20, outChannels: 44 }],
    ["more pairs than a block, not whole tiles", { batch: 1, height: 11, width: 14 }],
    ["a single row of pictures beside the taps", { height: 1 }],
  ])("%s", (_, change) => {
    check({ ...base, ...change }, everything);
  });

  test("what a position's taps do not see changes not a bit of it", () => {
    const [height, width, ins, outs] = [5, 9, 32, 32];
    const filter = { values: normal(6 * ins * outs, 2), shape: [6, ins, outs] };
    const run = (values: Float32Array) =>
      runKernel("TapConv2D", { x: { values, shape: [1, height, width, ins] }, filter }, { offsets: twoRows })
        .values;
    const x = normal(height * width * ins, 1);
    const before = run(x);
    for (const [row, column] of [
      [2, 4],
      [2, 5],
      [0, 0],
      [3, 8],
    ] as const) {
      const changed = x.slice();
      for (let c = 0; c < ins; c++) changed[(row * width + column) * ins + c]! += 1e3;
      const after = run(changed);
      const moved = Array.from({ length: height * width }, (_, n) => n).filter((n) =>
        after.subarray(n * outs, (n + 1) * outs).some((value, o) => value !== before[n * outs + o]),
      );
      const seeing = Array.from({ length: height * width }, (_, n) => n).filter((n) => {
        const [down, right] = [Math.floor(n / width) - row, (n % width) - column];
        return (down === 0 || down === 1) && Math.abs(right) <= 1;
      });
      expect(moved).toEqual(seeing);
    }
  });
});

test("any picture, channels and taps", () => {
  const cases = fc.record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 9 }),
    inChannels: fc.integer({ min: 1, max: 20 }),
    outChannels: fc.integer({ min: 1, max: 20 }),
    offsets: fc
      .array(fc.tuple(fc.integer({ min: -10, max: 10 }), fc.integer({ min: -10, max: 10 })), {
        minLength: 1,
        maxLength: 6,
      })
      .map((pairs) => pairs.flat()),
  });
  fc.assert(fc.property(cases, fc.subarray([...everything]), check), { numRuns: 150 });
});

test("a batch of nothing gives nothing, and a zero filter gradient", () => {
  const x = { values: [], shape: [0, 4, 4, 3] };
  const filter = { values: normal(6, 1), shape: [1, 3, 2] };
  expect(runKernel("TapConv2D", { x, filter }, { offsets: [0, 0] }).shape).toEqual([0, 4, 4, 2]);
  const dy = { values: [], shape: [0, 4, 4, 2] };
  const dfilter = runKernel("TapConv2DBackpropFilter", { x, dy }, { offsets: [0, 0] });
  expect([...dfilter.values]).toEqual([0, 0, 0, 0, 0, 0]);
});

test("a NaN reaches the positions whose taps see it, and no other", () => {
  const x = normal(5 * 5 * 4, 1);
  x[(2 * 5 + 2) * 4] = Number.NaN;
  const y = runKernel(
    "TapConv2D",
    { x: { values: x, shape: [1, 5, 5, 4] }, filter: { values: normal(32, 2), shape: [2, 4, 4] } },
    { offsets: [0, -1, -1, 0] },
  );
  const poisoned = Array.from({ length: 25 }, (_, n) => n).filter((n) => Number.isNaN(y.values[n * 4]!));
  expect(poisoned).toEqual([2 * 5 + 3, 3 * 5 + 2]);
});
