/**
 * Every primitive on TensorFlow.js against its definition in float64, and what an execution leaves behind.
 *
 * One file although long: a row for every primitive.
 */
import { memory, profile, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import type { PrimitiveName, PrimitiveOf } from "../../src/computation/primitive.ts";
import { Trace } from "../../src/computation/trace.ts";
import type { ElementType, Value } from "../../src/computation/value.ts";
import { ShapeError } from "../../src/errors.ts";
import { size } from "../../src/network/parameters.ts";
import { Purpose, uniform } from "../../src/random/noise.ts";
import { execute } from "../../src/tensors/execute.ts";
import { attentionDifferences, referenceAttention, sideBySide } from "../support/attention-reference.ts";
import { backends, useBackend } from "../support/backends.ts";
import { expectClose } from "../support/close.ts";
import { lstmCases } from "../support/lstm-cases.ts";
import { type LstmShape, lstmDifferences, referenceLstm } from "../support/lstm-reference.ts";

interface Given {
  readonly shape: readonly number[];
  readonly type?: ElementType;
  readonly values: readonly number[];
}

interface Case<Name extends PrimitiveName> {
  readonly primitive: PrimitiveOf<Name>;
  readonly inputs: readonly Given[];
  readonly expected: readonly number[];
}

const wave = (shape: readonly number[], phase = 0): Given => ({
  shape,
  values: Array.from({ length: size(shape) }, (_, i) => Math.fround(Math.sin(12.9898 * (i + 1) + phase))),
});
const matrix = wave([2, 3]);
const positive: Given = { shape: [4], values: [0.25, 1, 2, 30] };
const flags: Given = { shape: [4], type: "bool", values: [1, 0, 1, 0] };
const pairs: Given = { shape: [4], type: "bool", values: [1, 1, 0, 0] };
const [left, right] = [wave([4], 1), wave([4], 2)];
const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const each = (...functions: ((a: number, b: number) => number)[]) =>
  functions.map((f) => left.values.map((a, i) => f(a, right.values[i]!)));
const m = matrix.values as readonly [number, number, number, number, number, number];
const cube = wave([2, 2, 3]);
const picture = wave([1, 2, 2, 1]);
const dy = wave([1, 2, 2, 1], 3);
const taps: Given = { shape: [2, 1, 1], values: [3, 5] };
const offsets = [
  [0, 0],
  [-1, 1],
] as const;
const p = picture.values as readonly [number, number, number, number];
const d = dy.values as readonly [number, number, number, number];
const unary = (kind: PrimitiveOf<"unary">["kind"], f: (x: number) => number): Case<"unary"> => ({
  primitive: { op: "unary", kind },
  inputs: [positive],
  expected: positive.values.map(f),
});
const [sums, differences, products, quotients, largest, smallest, above] = each(
  (a, b) => a + b,
  (a, b) => a - b,
  (a, b) => a * b,
  (a, b) => a / b,
  Math.max,
  Math.min,
  (a, b) => Number(a > b),
) as number[][];
const binary = (kind: PrimitiveOf<"binary">["kind"], expected: readonly number[]): Case<"binary"> => ({
  primitive: { op: "binary", kind },
  inputs: [left, right],
  expected,
});
const gated = wave([1, 1, 1, 6]);
const g = gated.values as readonly [number, number, number, number, number, number];
const groups = [
  [0, 2],
  [2, 6],
] as const;
const dGate: Given = { shape: [1, 1, 1, 3], values: [2, 3, 4] };
const slope = (a: number, b: number, by: number) =>
  [by * logistic(b) * (1 - Math.tanh(a) ** 2), by * Math.tanh(a) * logistic(b) * (1 - logistic(b))] as const;
const [[a0, b0], [a1, b1], [a2, b2]] = [slope(g[0], g[1], 2), slope(g[2], g[4], 3), slope(g[3], g[5], 4)];
const bits: Given = { shape: [4], values: [0, 1, 1, 0] };
const levels: Given = { shape: [2], values: [2, 0] };
const total = [0, 1].map((row) => [0, 1, 2].reduce((sum, k) => sum + Math.exp(m[row * 3 + k]!), 0));

/** Of two pictures of 2×3, two heads: what a query and a key, and what a value has. Scores up to about 10. */
const looked = { batch: 2, positions: 6, heads: 2, keyChannels: 3, valueChannels: 2 };
const [asked, kept, told, dTold] = [6, 6, 4, 4].map((channels, input): Given => {
  const { shape, values } = wave([2, 2, 3, channels], input);
  return { shape, values: values.map((value) => Math.fround(input < 2 ? 2.5 * value : value)) };
}) as [Given, Given, Given, Given];
const ofOnePixel = ({ values }: Given): Given => ({ shape: [1, 1, 1, 4], values: values.slice(0, 4) });

const cases: { readonly [Name in PrimitiveName]: readonly Case<Name>[] } = {
  constant: [
    { primitive: { op: "constant", value: 3, shape: [2], type: "f32" }, inputs: [], expected: [3, 3] },
    { primitive: { op: "constant", value: 1, shape: [], type: "bool" }, inputs: [], expected: [1] },
  ],
  iota: [
    { primitive: { op: "iota", length: 3 }, inputs: [], expected: [0, 1, 2] },
    { primitive: { op: "iota", length: 1 }, inputs: [], expected: [0] },
  ],
  unary: [
    unary("negate", (x) => -x),
    unary("exponential", Math.exp),
    unary("log", Math.log),
    unary("logPlusOne", Math.log1p),
    unary("squareRoot", Math.sqrt),
    unary("reciprocalSquareRoot", (x) => 1 / Math.sqrt(x)),
    unary("tanh", Math.tanh),
    unary("logistic", logistic),
    unary("absolute", Math.abs),
    {
      primitive: { op: "unary", kind: "isFinite" },
      inputs: [{ shape: [3], values: [1, Number.NaN, Number.POSITIVE_INFINITY] }],
      expected: [1, 0, 0],
    },
  ],
  binary: [
    binary("add", sums!),
    binary("subtract", differences!),
    binary("multiply", products!),
    binary("divide", quotients!),
    binary("maximum", largest!),
    binary("minimum", smallest!),
    { primitive: { op: "binary", kind: "and" }, inputs: [flags, pairs], expected: [1, 0, 0, 0] },
  ],
  greater: [{ primitive: { op: "greater" }, inputs: [left, right], expected: above! }],
  select: [
    {
      primitive: { op: "select" },
      inputs: [flags, left, right],
      expected: flags.values.map((flag, i) => (flag ? left : right).values[i]!),
    },
    {
      primitive: { op: "select" },
      inputs: [{ shape: [], type: "bool", values: [0] }, left, right],
      expected: right.values,
    },
  ],
  convert: [
    { primitive: { op: "convert", type: "f32" }, inputs: [{ ...flags, type: "u8" }], expected: flags.values },
    { primitive: { op: "convert", type: "s32" }, inputs: [bits], expected: bits.values },
  ],
  broadcast: [
    {
      primitive: { op: "broadcast", shape: [2, 2, 3], axes: [0, 2] },
      inputs: [matrix],
      expected: [m.slice(0, 3), m.slice(0, 3), m.slice(3), m.slice(3)].flat(),
    },
    {
      primitive: { op: "broadcast", shape: [3, 2], axes: [1, 0] },
      inputs: [matrix],
      expected: [m[0], m[3], m[1], m[4], m[2], m[5]],
    },
  ],
  reshape: [{ primitive: { op: "reshape", shape: [3, 2] }, inputs: [matrix], expected: m }],
  transpose: [
    {
      primitive: { op: "transpose", order: [1, 0] },
      inputs: [matrix],
      expected: [m[0], m[3], m[1], m[4], m[2], m[5]],
    },
  ],
  slice: [
    {
      primitive: { op: "slice", starts: [0, 1], ends: [2, 3] },
      inputs: [matrix],
      expected: [m[1], m[2], m[4], m[5]],
    },
  ],
  pad: [
    {
      primitive: { op: "pad", before: [0, 1], after: [1, 0] },
      inputs: [matrix],
      expected: [0, ...m.slice(0, 3), 0, ...m.slice(3), 0, 0, 0, 0],
    },
  ],
  concatenate: [
    {
      primitive: { op: "concatenate", axis: 1 },
      inputs: [matrix, { shape: [2, 1], values: [8, 9] }],
      expected: [...m.slice(0, 3), 8, ...m.slice(3), 9],
    },
  ],
  reduce: [
    ...[[], [0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]].flatMap((axes) =>
      (["sum", "maximum"] as const).map((kind) => ({
        primitive: { op: "reduce" as const, kind, axes },
        inputs: [cube],
        expected: reduced(cube, axes, kind),
      })),
    ),
  ],
  product: [false, true].flatMap((transposeLeft) =>
    [false, true].map((transposeRight) => ({
      primitive: { op: "product" as const, transposeLeft, transposeRight },
      inputs: [wave(transposeLeft ? [3, 2] : [2, 3]), wave(transposeRight ? [4, 3] : [3, 4], 1)],
      expected: multiplied(transposeLeft, transposeRight),
    })),
  ),
  gather: [
    {
      primitive: { op: "gather" },
      inputs: [matrix, { shape: [3], type: "s32", values: [1, 0, 1] }],
      expected: [...m.slice(3), ...m],
    },
  ],
  // The last is added up row by row, not as a product.
  scatterAdd: [1, 3, 40_000].map((rows) => ({
    primitive: { op: "scatterAdd" as const, rows },
    inputs: [matrix, { shape: [2], type: "s32" as const, values: [rows - 1, rows - 1] }],
    expected: [...new Array<number>(3 * (rows - 1)).fill(0), m[0] + m[3], m[1] + m[4], m[2] + m[5]],
  })),
  convolution: [
    {
      primitive: { op: "convolution", offsets },
      inputs: [picture, taps],
      expected: [3 * p[0], 3 * p[1], 3 * p[2] + 5 * p[1], 3 * p[3]],
    },
  ],
  convolutionInputGradient: [
    {
      primitive: { op: "convolutionInputGradient", offsets },
      inputs: [dy, taps],
      expected: [3 * d[0], 3 * d[1] + 5 * d[2], 3 * d[2], 3 * d[3]],
    },
  ],
  convolutionFilterGradient: [
    {
      primitive: { op: "convolutionFilterGradient", offsets },
      inputs: [picture, dy],
      expected: [p.reduce((sum, value, i) => sum + value * d[i]!, 0), p[1] * d[2]],
    },
  ],
  gate: [
    {
      primitive: { op: "gate", groups },
      inputs: [gated],
      expected: [[g[0], g[1]] as const, [g[2], g[4]] as const, [g[3], g[5]] as const].map(
        ([a, b]) => Math.tanh(a) * logistic(b),
      ),
    },
  ],
  gateGradient: [
    {
      primitive: { op: "gateGradient", groups },
      inputs: [gated, dGate],
      expected: [a0, b0, a1, a2, b1, b2],
    },
  ],
  attention: [
    {
      primitive: { op: "attention", heads: 2 },
      inputs: [asked, kept, told],
      expected: [...referenceAttention(looked, asked.values, kept.values, told.values)],
    },
    // The one position has nobody before it.
    {
      primitive: { op: "attention", heads: 1 },
      inputs: [ofOnePixel(asked), ofOnePixel(kept), ofOnePixel(told)],
      expected: [0, 0, 0, 0],
    },
  ],
  attentionGradient: [
    {
      primitive: { op: "attentionGradient", heads: 2 },
      inputs: [asked, kept, told, dTold],
      expected: sideBySide(
        attentionDifferences(looked, [asked.values, kept.values, told.values], dTold.values),
        12,
      ) as number[],
    },
    {
      primitive: { op: "attentionGradient", heads: 4 },
      inputs: [ofOnePixel(asked), ofOnePixel(kept), ofOnePixel(told), ofOnePixel(dTold)],
      expected: new Array<number>(12).fill(0),
    },
  ],
  lstm: lstmCases.map(({ shape, given }) => ({
    primitive: { op: "lstm", taps: shape.taps, cell: shape.cell, groups: shape.groups },
    inputs: [toldOf(shape, given), weightsOf(shape, given)],
    expected: [...referenceLstm(shape, given.x!, given.weight!)],
  })),
  lstmGradient: lstmCases.map(({ shape, given }) => {
    const { batch, height, width, taps, cell, groups } = shape;
    const states = [batch, height, width, 2 * groups.at(-1)![1]];
    const known = { shape: states, values: [...referenceLstm(shape, given.x!, given.weight!)] };
    return {
      primitive: { op: "lstmGradient", taps, cell, groups },
      inputs: [
        toldOf(shape, given),
        weightsOf(shape, given),
        known,
        { shape: states, values: [...given.dstates!] },
      ],
      expected: Array.from({ length: batch }, (_, picture) =>
        differencesOfPicture(shape, given, picture),
      ).flat(),
    };
  }),
  bernoulliNats: [
    {
      primitive: { op: "bernoulliNats" },
      inputs: [left, bits],
      expected: left.values.map((l, i) => Math.log1p(Math.exp(l)) - l * bits.values[i]!),
    },
  ],
  bernoulliNatsGradient: [
    {
      primitive: { op: "bernoulliNatsGradient" },
      inputs: [left, bits, right],
      expected: left.values.map((l, i) => (logistic(l) - bits.values[i]!) * right.values[i]!),
    },
  ],
  categoricalNats: [
    {
      primitive: { op: "categoricalNats" },
      inputs: [matrix, levels],
      expected: [Math.log(total[0]!) - m[2], Math.log(total[1]!) - m[3]],
    },
  ],
  categoricalNatsGradient: [
    {
      primitive: { op: "categoricalNatsGradient" },
      inputs: [matrix, levels, { shape: [2], values: [2, -1] }],
      expected: m.map((l, i) => {
        const row = i < 3 ? 0 : 1;
        const chosen = i === 2 || i === 3 ? 1 : 0;
        return (Math.exp(l) / total[row]! - chosen) * [2, -1][row]!;
      }),
    },
  ],
  dropoutMask: [
    {
      primitive: { op: "dropoutMask", node: 5, rate: 0.3, shape: [2, 3, 4, 2] },
      inputs: [
        { shape: [2], type: "u32", values: [0xfffffff0, 77] },
        { shape: [2], type: "u32", values: [0xfffffffe, 2] },
        { shape: [1], type: "u32", values: [11] },
      ],
      expected: [0xfffffffe, 2].flatMap((index) =>
        Array.from({ length: 24 }, (_, element) =>
          uniform(77 * 2 ** 32 + 0xfffffff0, index, element, Purpose.dropout, 5, 11) < 0.3 ? 0 : 1 / 0.7,
        ),
      ),
    },
  ],
  sumOverDevices: [{ primitive: { op: "sumOverDevices" }, inputs: [matrix], expected: m }],
};

function reduced({ shape, values }: Given, axes: readonly number[], kind: "sum" | "maximum"): number[] {
  const strides = shape.map((_, axis) => size(shape.slice(axis + 1)));
  const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const results = new Map<string, number>();
  values.forEach((value, i) => {
    const place = kept.map((axis) => Math.floor(i / strides[axis]!) % shape[axis]!).join();
    const before = results.get(place);
    results.set(
      place,
      before === undefined ? value : kind === "sum" ? before + value : Math.max(before, value),
    );
  });
  return [...results.values()];
}

function multiplied(transposeLeft: boolean, transposeRight: boolean): number[] {
  const a = wave([6]).values;
  const b = wave([12], 1).values;
  return Array.from({ length: 8 }, (_, at) => {
    const [row, column] = [Math.floor(at / 4), at % 4];
    return [0, 1, 2].reduce(
      (sum, k) =>
        sum +
        a[transposeLeft ? k * 2 + row : row * 3 + k]! * b[transposeRight ? column * 3 + k : k * 4 + column]!,
      0,
    );
  });
}

function toldOf(
  { batch, height, width, groups }: LstmShape,
  { x }: Readonly<Record<string, Float32Array>>,
): Given {
  return { shape: [batch, height, width, 4 * groups.at(-1)![1]], values: [...x!] };
}

/** What the gates of one picture are told does to the loss: no picture knows of another, and what the weights do is no result of the primitive. */
function differencesOfPicture(
  shape: LstmShape,
  { x, weight, dstates }: Readonly<Record<string, Float32Array>>,
  picture: number,
): number[] {
  const [told, cotangents] = [x!, dstates!].map((values) => {
    const length = values.length / shape.batch;
    return values.subarray(picture * length, (picture + 1) * length);
  }) as [Float32Array, Float32Array];
  const ofOne = { ...shape, batch: 1 };
  return lstmDifferences(
    ofOne,
    [told, weight!],
    cotangents,
    (_, length) => length === told.length,
  )[0] as number[];
}

function weightsOf({ taps, groups }: LstmShape, { weight }: Readonly<Record<string, Float32Array>>): Given {
  const channels = groups.at(-1)![1];
  return { shape: [taps.length, channels, 4 * channels], values: [...weight!] };
}

function upload({ shape, type = "f32", values }: Given): Tensor {
  const dtype = type === "f32" ? "float32" : type === "bool" ? "bool" : "int32";
  const data = dtype === "int32" ? Int32Array.from(values, (value) => value | 0) : [...values];
  return shape.length === 0
    ? tensor(data[0]! !== 0 && dtype === "bool" ? true : (data[0] as never), [], dtype)
    : tensor(data, [...shape], dtype);
}

/** The results of what is written with the given arrays. */
function run(given: readonly Given[], write: (trace: Trace, ...values: Value[]) => Record<string, Value>) {
  const trace = new Trace();
  const values = given.map(({ shape, type }, index) => trace.argument(String(index), shape, type));
  const computation = trace.finish(write(trace, ...values));
  return tidy(() =>
    Object.values(execute(computation, given.map(upload))).map((result) => ({
      shape: result.shape,
      values: [...result.dataSync()],
    })),
  );
}

const rounding = (expected: number) => 2e-6 * Math.max(1, Math.abs(expected));

describe.each(backends)("on %s", (backend) => {
  it.each(Object.entries(cases))("%s is what it says", async (_, all) => {
    await useBackend(backend);
    for (const { primitive, inputs, expected } of all) {
      const [result] = run(inputs, (trace, ...values) => ({ y: trace.apply(primitive, ...values) }));
      expectClose(result!.values, expected, rounding);
    }
  });

  it("what is the same everywhere is spread where it must be", async () => {
    await useBackend(backend);
    const [vector, spread, row, cut] = run([wave([3])], (trace, x) => {
      const wide = trace.atEveryPosition(trace.scale(x, 2), [2, 3]);
      const halves = trace.scale(wide, 0.5);
      const sum = trace.sum(halves, [0]);
      return {
        vector: x,
        spread: halves,
        row: trace.reshape(trace.constant(7, [2, 3]), [6]),
        cut: trace.concatenate([sum, trace.slice(trace.constant(1, [9]), [2], [4])], 0),
      };
    });
    const { values } = wave([3]);
    expect([vector, spread, row, cut].map((result) => result!.shape)).toEqual([[3], [2, 3], [6], [5]]);
    expectClose(spread!.values, [...values, ...values], rounding);
    expectClose(row!.values, [7, 7, 7, 7, 7, 7], rounding);
    expectClose(cut!.values, [...values.map((value) => 2 * value), 1, 1], rounding);
  });

  it("several primitives are one kernel with the same numbers, also where one of them is read twice", async () => {
    await useBackend(backend);
    const bias: Given = { shape: [1], values: [0.5] };
    const ofPicture: Given = { shape: [1, 1], values: [0.25] };
    const given = [picture, taps, bias, dy, ofPicture];
    const results = run(given, (trace, x, weight, b, cotangent, perPicture) => {
      const zero = trace.constant(0, x!.shape);
      const sums = trace.convolution(x!, weight!, offsets);
      const twice = trace.convolution(x!, weight!, [...offsets].reverse());
      const shifted = trace.add(twice, trace.atEveryPosition(b!, x!.shape));
      const positive = trace.greater(x!, zero);
      const below = trace.shift(trace.unary("exponential", trace.binary("minimum", x!, zero)), -1);
      return {
        biased: trace.add(sums, trace.atEveryPosition(b!, x!.shape)),
        twice: trace.add(shifted, twice),
        // Two convolutions meet: one starts from the other, and from what a picture adds.
        met: trace.add(
          trace.add(cotangent!, trace.convolution(x!, weight!, offsets)),
          trace.broadcast(perPicture!, x!.shape, [0, 3]),
        ),
        gathered: trace.add(
          trace.apply({ op: "convolutionInputGradient", offsets }, cotangent!, weight!),
          cotangent!,
        ),
        relu: trace.binary("maximum", x!, zero),
        slope: trace.select(positive, cotangent!, zero),
        elu: trace.select(positive, x!, below),
      };
    }).map(({ values }) => values);
    const convolved = [3 * p[0], 3 * p[1], 3 * p[2] + 5 * p[1], 3 * p[3]];
    const transposed = [3 * d[0], 3 * d[1] + 5 * d[2], 3 * d[2], 3 * d[3]];
    const reversed = [5 * p[0], 5 * p[1], 5 * p[2] + 3 * p[1], 5 * p[3]];
    const expected = [
      convolved.map((value) => value + 0.5),
      reversed.map((value) => 2 * value + 0.5),
      convolved.map((value, i) => value + d[i]! + 0.25),
      transposed.map((value, i) => value + d[i]!),
      p.map((value) => Math.max(0, value)),
      p.map((value, i) => (value > 0 ? d[i]! : 0)),
      p.map((value) => (value > 0 ? value : Math.expm1(value))),
    ];
    expected.forEach((values, i) => {
      expectClose(results[i]!, values, rounding);
    });
  });
});

describe("an execution", () => {
  it("leaves its results alone, each a tensor of its own, and the arguments", async () => {
    await useBackend("cpu");
    const trace = new Trace();
    const x = trace.argument("x", [2, 3]);
    const twice = trace.scale(x, 2);
    const computation = trace.finish({ x, twice, again: twice, everywhere: trace.constant(4, [5]) });
    const given = upload(matrix);
    const before = memory().numTensors;
    for (let run = 0; run < 3; run++) {
      const results = Object.values(execute(computation, [given]));
      expect(memory().numTensors).toBe(before + 4);
      expect(new Set([given, ...results].map(({ id }) => id)).size).toBe(5);
      for (const result of results) result.dispose();
      expect(memory().numTensors).toBe(before);
    }
    given.dispose();
  });

  it("frees a value where it is read for the last time", async () => {
    await useBackend("cpu");
    const trace = new Trace();
    const x = trace.argument("x", [1000]);
    let y = x;
    for (let i = 0; i < 20; i++) y = trace.add(trace.unary("tanh", y), x);
    const computation = trace.finish({ y });
    const given = upload(wave([1000]));
    const { numBytes } = memory();
    const { peakBytes } = await profile(() => execute(computation, [given]));
    // The value before, its hyperbolic tangent and the sum.
    expect(peakBytes - numBytes).toBeLessThanOrEqual(3 * 4000);
    given.dispose();
  });

  it("refuses arguments that are missing or of another shape, and leaves nothing", async () => {
    await useBackend("cpu");
    const trace = new Trace();
    const computation = trace.finish({ y: trace.unary("tanh", trace.argument("x", [2, 3])) });
    const other = upload(wave([3, 2]));
    const before = memory().numTensors;
    expect(() => execute(computation, [])).toThrow(ShapeError);
    expect(() => execute(computation, [])).toThrow("x: expected a tensor [2,3], got none");
    expect(() => execute(computation, [other])).toThrow("x: expected a tensor [2,3], got [3,2]");
    expect(memory().numTensors).toBe(before);
    other.dispose();
  });
});
