/** How every operation becomes a call: one line each, or a file beside this one. */
import type { Operation, OperationName, OperationOf, PrimitiveOf } from "@pixelcnn/core/computation";
import { withScratch, writeInts } from "@pixelcnn/wasm-training/kernels";
import { writeAttention, writeAttentionGradient } from "./attention.ts";
import { writeConvolution, writeFilterGradient, writeInputGradient } from "./convolution.ts";
import { copyStrided, stridesOf } from "./copy-strided.ts";
import { dropoutMaskOf } from "./dropout-mask.ts";
import {
  writeBinary,
  writeConvert,
  writeElu,
  writeGreater,
  writeRelu,
  writeSelect,
  writeUnary,
} from "./elementwise.ts";
import { writeLstm, writeLstmGradient } from "./lstm.ts";
import type { Machine } from "./machine.ts";
import { addressOf, type Place, sizeOf } from "./place.ts";
import { writeReduce } from "./reduce.ts";

/** What a step does, its addresses fixed; null when it was done once and for all. */
export type Call = (() => void) | null;
/** Writes the call of an operation. */
export type Writer<Name extends OperationName> = (
  machine: Machine,
  operation: OperationOf<Name>,
  inputs: readonly Place[],
  output: Place,
) => Call;

/** The call of an operation. */
export function write(machine: Machine, operation: Operation, inputs: readonly Place[], output: Place): Call {
  return (writers[operation.op] as Writer<OperationName>)(machine, operation, inputs, output);
}

/** Whether an operation reads inputs, and may write an output, of which the repeating part alone is stored. */
export function takesRepeated(op: OperationName): boolean {
  return repeating.has(op);
}

/** Index of an input whose every element is read before the one of the output is written there; -1 if there is none. */
export function overwritableInput(operation: Operation): number {
  switch (operation.op) {
    case "summedConvolution":
    case "summedInputGradient": {
      const addend = operation.addends.indexOf("elements");
      return addend < 0 ? -1 : 2 + addend; // after what is convolved and the filter
    }
    case "gateGradient":
    case "gateGradientOfGate":
    case "lstmGradient":
    case "relu":
      return 0;
    case "reluGradient":
      return 1;
    default:
      return -1;
  }
}

const repeating: ReadonlySet<OperationName> = new Set<OperationName>([
  "unary",
  "binary",
  "greater",
  "select",
  "convert",
  "relu",
  "elu",
  "reshape",
]);

const writers: { readonly [Name in OperationName]: Writer<Name> } = {
  constant({ heap }, { value, type }, _, { at }) {
    (type === "f32" ? heap.floats : heap.integers)[at] = value;
    return null;
  },
  // Every time: its place is given to others after its last reader.
  iota:
    ({ heap }, { length }, _, { at }) =>
    () => {
      for (let i = 0; i < length; i++) heap.floats[at + i] = i;
    },
  unary: writeUnary,
  binary: writeBinary,
  greater: writeGreater,
  select: writeSelect,
  convert: writeConvert,
  relu: writeRelu,
  reluGradient: ({ functions }, _, [x, dy], dx) => {
    const count = dx.stored;
    return () => functions.reluGrad(addressOf(x!), addressOf(dy!), addressOf(dx), count);
  },
  elu: writeElu,
  broadcast({ heap }, { shape, axes }, [x], y) {
    const from = stridesOf(x!.value.shape);
    const strides = shape.map((_, axis) => (axes.includes(axis) ? from[axes.indexOf(axis)]! : 0));
    const [to, source] = [
      { start: y.at, strides: stridesOf(shape) },
      { start: x!.at, strides },
    ];
    return () => copyStrided(heap.words, shape, to, source);
  },
  // Its own place is its input's, unless a repeated value is spread out.
  reshape({ heap }, _, [x], y) {
    const { at, stored } = x!;
    return () => {
      const { words } = heap;
      if (stored === 1) words.fill(words[at]!, y.at, y.at + y.stored);
      else for (let i = 0; i < y.stored; i += stored) words.copyWithin(y.at + i, at, at + stored);
    };
  },
  transpose({ heap }, { order }, [x], y) {
    const from = stridesOf(x!.value.shape);
    const to = { start: y.at, strides: stridesOf(y.value.shape) };
    const source = { start: x!.at, strides: order.map((axis) => from[axis]!) };
    return () => copyStrided(heap.words, y.value.shape, to, source);
  },
  slice({ heap }, { starts }, [x], y) {
    const strides = stridesOf(x!.value.shape);
    const start = starts.reduce((sum, index, axis) => sum + index * strides[axis]!, x!.at);
    const to = { start: y.at, strides: stridesOf(y.value.shape) };
    return () => copyStrided(heap.words, y.value.shape, to, { start, strides });
  },
  pad({ heap }, { before }, [x], y) {
    const strides = stridesOf(y.value.shape);
    const start = before.reduce((sum, index, axis) => sum + index * strides[axis]!, y.at);
    const from = { start: x!.at, strides: stridesOf(x!.value.shape) };
    return () => {
      heap.words.fill(0, y.at, y.at + y.stored);
      copyStrided(heap.words, x!.value.shape, { start, strides }, from);
    };
  },
  concatenate({ heap }, { axis }, inputs, y) {
    const strides = stridesOf(y.value.shape);
    let start = y.at;
    const parts = inputs.map((x) => {
      const part = { x, to: { start, strides }, from: { start: x.at, strides: stridesOf(x.value.shape) } };
      start += x.value.shape[axis]! * strides[axis]!;
      return part;
    });
    return () => {
      for (const { x, to, from } of parts) copyStrided(heap.words, x.value.shape, to, from);
    };
  },
  reduce: writeReduce,
  product:
    ({ heap }, operation, [left, right], y) =>
    () =>
      multiply(heap.floats, operation, left!, right!, y),
  gather({ heap }, _, [table, indices], y) {
    const width = y.value.shape[1]!;
    return () => {
      const { words, integers } = heap;
      for (let row = 0; row * width < y.stored; row++) {
        const from = table!.at + integers[indices!.at + row]! * width;
        words.copyWithin(y.at + row * width, from, from + width);
      }
    };
  },
  scatterAdd({ heap }, _, [values, indices], y) {
    const width = y.value.shape[1]!;
    return () => {
      const { floats, integers } = heap;
      floats.fill(0, y.at, y.at + y.stored);
      for (let row = 0; row < indices!.stored; row++) {
        const to = y.at + integers[indices!.at + row]! * width;
        for (let i = 0; i < width; i++) floats[to + i]! += floats[values!.at + row * width + i]!;
      }
    };
  },
  convolution: writeConvolution,
  summedConvolution: writeConvolution,
  convolutionInputGradient: writeInputGradient,
  summedInputGradient: writeInputGradient,
  convolutionFilterGradient: writeFilterGradient,
  gate(machine, operation, [x], y) {
    const rows = sizeOf(x!.value.shape.slice(0, -1));
    const [from, to, bytes] = [addressOf(x!), addressOf(y), x!.value.shape.at(-1)! * 4];
    return withRanges(machine, operation, (ranges, count) =>
      machine.functions.gatedActivation(from, to, rows, bytes, ranges, count),
    );
  },
  gateGradient: writeGateGradient,
  gateGradientOfGate: writeGateGradient,
  attention: writeAttention,
  attentionGradient: writeAttentionGradient,
  lstm: writeLstm,
  lstmGradient: writeLstmGradient,
  bernoulliNats:
    ({ functions }, _, [logits, levels], nats) =>
    () =>
      functions.bernoulliNll(addressOf(logits!), addressOf(levels!), addressOf(nats), nats.stored),
  bernoulliNatsGradient:
    ({ functions }, _, [logits, levels, dy], dlogits) =>
    () =>
      functions.bernoulliNllGrad(
        addressOf(logits!),
        addressOf(levels!),
        addressOf(dy!),
        addressOf(dlogits),
        dlogits.stored,
      ),
  categoricalNats(machine, _, [logits, levels], nats) {
    const [count, classes] = logits!.value.shape as [number, number];
    return withLabels(machine, levels!, (labels) =>
      machine.functions.categoricalNll(addressOf(logits!), labels, addressOf(nats), count, classes),
    );
  },
  categoricalNatsGradient(machine, _, [logits, levels, dy], dlogits) {
    const [count, classes] = logits!.value.shape as [number, number];
    return withLabels(machine, levels!, (labels) =>
      machine.functions.categoricalNllGrad(
        addressOf(logits!),
        labels,
        addressOf(dy!),
        addressOf(dlogits),
        count,
        classes,
      ),
    );
  },
  dropoutMask: dropoutMaskOf,
  // One device: its place is its input's.
  sumOverDevices: () => null,
};

function writeGateGradient(
  machine: Machine,
  operation: OperationOf<"gateGradient" | "gateGradientOfGate">,
  [x, dy, y]: readonly Place[],
  dx: Place,
): () => void {
  const { functions } = machine;
  const rows = sizeOf(x!.value.shape.slice(0, -1));
  const bytes = x!.value.shape.at(-1)! * 4;
  const [from, down, to] = [addressOf(x!), addressOf(dy!), addressOf(dx)];
  return withRanges(machine, operation, (ranges, count) => {
    if (y === undefined) functions.gatedActivationGrad(from, down, to, rows, bytes, ranges, count);
    else functions.gatedActivationGradOfOutput(from, addressOf(y), down, to, rows, bytes, ranges, count);
  });
}

function multiply(
  f: Float32Array,
  { transposeLeft, transposeRight }: PrimitiveOf<"product">,
  left: Place,
  right: Place,
  y: Place,
): void {
  const [rows, columns] = y.value.shape as [number, number];
  const inner = left.value.shape[transposeLeft ? 0 : 1]!;
  const [leftRow, leftStep] = transposeLeft ? [1, rows] : [inner, 1];
  const [rightStep, rightColumn] = transposeRight ? [1, inner] : [columns, 1];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum += f[left.at + i * leftRow + k * leftStep]! * f[right.at + k * rightStep + j * rightColumn]!;
      }
      f[y.at + i * columns + j] = sum;
    }
  }
}

/** Lends the table of channel ranges that the gate's kernels read: where a range starts in x and in y, and its half, in bytes. */
function withRanges(
  { heap }: Machine,
  { groups }: OperationOf<"gate" | "gateGradient" | "gateGradientOfGate">,
  use: (ranges: number, count: number) => void,
): () => void {
  const table = groups.flatMap(([start, end]) => [start * 4, start * 2, (end - start) * 2]);
  return () =>
    withScratch(heap, [table.length * 4], (ranges) => {
      writeInts(heap, ranges!, table);
      use(ranges!, groups.length);
    });
}

/** Lends levels as the integers that the kernels of categories read. */
function withLabels({ heap }: Machine, levels: Place, use: (labels: number) => void): () => void {
  return () =>
    withScratch(heap, [levels.stored * 4], (labels) => {
      const { floats, integers } = heap;
      for (let i = 0; i < levels.stored; i++) integers[labels! / 4 + i] = floats[levels.at + i]!;
      use(labels!);
    });
}
