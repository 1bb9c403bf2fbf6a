import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type TapCase, tapConvolution, tapFilterGradient, tapInputGradient } from "./tap-reference.ts";
import { expectClose, normal, runKernel } from "./wasm-session.ts";

/** Of the sums of the products' magnitudes. */
const tolerance = 1e-6;

const magnitudes = (a: Float32Array, b: Float32Array) => [a.map(Math.abs), b.map(Math.abs)] as const;

function check(shape: TapCase, hasBias: boolean): void {
  const { batch, height, width, inChannels, outChannels, offsets } = shape;
  const taps = offsets.length / 2;
  const inShape = [batch, height, width, inChannels];
  const outShape = [batch, height, width, outChannels];
  const filterShape = [taps, inChannels, outChannels];
  const x = normal(batch * height * width * inChannels, 1);
  const dy = normal(batch * height * width * outChannels, 2);
  const filter = normal(taps * inChannels * outChannels, 3);
  const bias = hasBias ? normal(outChannels, 4) : undefined;
  const given = {
    x: { values: x, shape: inShape },
    dy: { values: dy, shape: outShape },
    filter: { values: filter, shape: filterShape },
  };

  const biasInput = bias === undefined ? {} : { bias: { values: bias, shape: [outChannels] } };
  const y = runKernel("TapConv2D", { x: given.x, filter: given.filter, ...biasInput }, { offsets });
  expect(y.shape).toEqual(outShape);
  expectClose(
    y.values,
    tapConvolution(shape, x, filter, bias),
    tolerance,
    tapConvolution(shape, ...magnitudes(x, filter), bias?.map(Math.abs)),
  );

  const dx = runKernel("TapConv2DBackpropInput", { dy: given.dy, filter: given.filter }, { offsets });
  expect(dx.shape).toEqual(inShape);
  expectClose(
    dx.values,
    tapInputGradient(shape, dy, filter),
    tolerance,
    tapInputGradient(shape, ...magnitudes(dy, filter)),
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

const maskA = [-1, -1, -1, 0, -1, 1, 0, -1];
const square = [-1, -1, -1, 0, -1, 1, 0, -1, 0, 0, 0, 1, 1, -1, 1, 0, 1, 1];
const channelCounts = [1, 2, 3, 5, 8, 17, 32];

describe("every pair of channel counts", () => {
  for (const inChannels of channelCounts) {
    for (const outChannels of channelCounts) {
      test(`${inChannels} → ${outChannels}`, () => {
        const shape = { batch: 2, height: 5, width: 6, inChannels, outChannels };
        check({ ...shape, offsets: maskA }, true);
        check({ ...shape, offsets: [0, 0] }, false);
        check({ ...shape, offsets: square }, false);
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
    check({ ...base, ...change }, true);
    check({ ...base, ...change, inChannels: 1 }, false);
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
  fc.assert(
    fc.property(cases, fc.boolean(), (shape, hasBias) => check(shape, hasBias)),
    { numRuns: 150 },
  );
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
