/** How every operation is computed by TensorFlow.js: one line each, or a file beside this one. */
import {
  abs,
  add,
  isFinite as areFinite,
  cast,
  concat,
  type DataType,
  div,
  elu,
  equal,
  exp,
  gather,
  greater,
  log,
  log1p,
  logicalAnd,
  matMul,
  max,
  maximum,
  minimum,
  mul,
  neg,
  pad,
  range,
  relu,
  reshape,
  rsqrt,
  scalar,
  scatterND,
  sigmoid,
  slice,
  sqrt,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tanh,
  transpose,
  where,
} from "@tensorflow/tfjs-core";
import type { BinaryKind, PrimitiveOf, UnaryKind } from "../computation/primitive.ts";
import type { Addend, Operation, OperationName, OperationOf } from "../computation/steps.ts";
import type { ElementType, Value } from "../computation/value.ts";
import { size } from "../network/parameters.ts";
import { attention, attentionGradient } from "./attention.ts";
import { dropoutMask, readNoise } from "./dropout-mask.ts";
import { gate, gateGradient } from "./gate.ts";
import { lstm, lstmGradient } from "./lstm.ts";
import { bernoulliNats, bernoulliNatsGradient, categoricalNats, categoricalNatsGradient } from "./nats.ts";
import { reluGradient } from "./relu-gradient.ts";
import { sumOver } from "./sum-over.ts";
import { type Addends, convolve, filterGradient, inputGradient } from "./tap-convolution.ts";

/** Computes an operation. What it makes on the way is freed by the caller; it may return an input. */
export type Kernel<Name extends OperationName> = (
  operation: OperationOf<Name>,
  // biome-ignore lint/suspicious/noExplicitAny: an operation's rules have said which ranks it is given
  inputs: readonly any[],
  output: Value,
) => Tensor;

/** Whether an operation takes, and may give, tensors that are smaller than their values: TensorFlow.js broadcasts them. */
export function takesSmaller({ op }: Operation, tensor: Tensor): boolean {
  return broadcasting.has(op) || (op === "reshape" && tensor.size === 1);
}

const broadcasting: ReadonlySet<OperationName> = new Set<OperationName>([
  "unary",
  "binary",
  "greater",
  "select",
  "convert",
  "broadcast",
  "relu",
  "elu",
]);

/** Integers of any kind are int32. */
const types: Record<ElementType, DataType> = {
  f32: "float32",
  s32: "int32",
  u32: "int32",
  u16: "int32",
  u8: "int32",
  bool: "bool",
};

const unary: Record<UnaryKind, (x: Tensor) => Tensor> = {
  negate: neg,
  exponential: exp,
  log,
  logPlusOne: log1p,
  squareRoot: sqrt,
  reciprocalSquareRoot: rsqrt,
  tanh,
  logistic: sigmoid,
  absolute: abs,
  isFinite: areFinite,
};

const binary: Record<BinaryKind, (x: Tensor, y: Tensor) => Tensor> = {
  add,
  subtract: sub,
  multiply: mul,
  divide: div,
  maximum,
  minimum,
  and: logicalAnd,
};

export const kernels: { readonly [Name in OperationName]: Kernel<Name> } = {
  constant: ({ value, type }) => scalar(type === "bool" ? value !== 0 : value, types[type] as "float32"),
  iota: ({ length }) => range(0, length, 1, "float32"),
  unary: ({ kind }, [x]) => unary[kind](x),
  binary: ({ kind }, [x, y]) => binary[kind](x, y),
  greater: (_, [x, y]) => greater(x, y),
  select: (_, [condition, x, y]) => where(condition, x, y),
  convert: ({ type }, [x]) => cast(x, types[type]),
  broadcast,
  reshape: (_, [x], { shape }) => (x.size < size(shape) ? reshape(x, []) : reshape(x, [...shape])),
  transpose: ({ order }, [x]) => transpose(x, [...order]),
  slice: ({ starts }, [x], { shape }) => slice(x, [...starts], [...shape]),
  pad: ({ before, after }, [x]) =>
    pad(
      x,
      before.map((length, axis): [number, number] => [length, after[axis]!]),
    ),
  concatenate: ({ axis }, inputs) => concat([...inputs], axis),
  reduce: ({ kind, axes }, [x]) => (kind === "sum" ? sumOver(x, axes) : max(x, [...axes])),
  product: ({ transposeLeft, transposeRight }, [left, right]) =>
    matMul(left, right, transposeLeft, transposeRight),
  gather: (_, [table, indices]) => gather(table, indices),
  scatterAdd: ({ rows }, [values, indices]) => scatterAdd(rows, values, indices),
  convolution: ({ offsets }, [x, weight]) => convolve(x, weight, offsets),
  convolutionInputGradient: ({ offsets }, [dy, weight]) => inputGradient(dy, weight, offsets),
  convolutionFilterGradient: ({ offsets }, [x, dy]) => filterGradient(x, dy, offsets),
  gate: ({ groups }, [x]) => gate(x, groups),
  gateGradient: ({ groups }, [x, dy]) => gateGradient(x, dy, groups),
  attention: ({ heads }, [queries, keys, values]) => attention(queries, keys, values, heads),
  attentionGradient: ({ heads }, [queries, keys, values, dy]) =>
    attentionGradient(queries, keys, values, dy, heads),
  lstm: (recurrence, [x, weight]) => lstm(x, weight, recurrence),
  lstmGradient: (recurrence, [x, weight, states, dstates]) =>
    lstmGradient(x, weight, states, dstates, recurrence),
  bernoulliNats: (_, [logits, levels]) => bernoulliNats(logits, levels),
  bernoulliNatsGradient: (_, [logits, levels, dy]) => bernoulliNatsGradient(logits, levels, dy),
  categoricalNats: (_, [logits, levels]) => categoricalNats(logits, levels),
  categoricalNatsGradient: (_, [logits, levels, dy]) => categoricalNatsGradient(logits, levels, dy),
  dropoutMask: ({ node, rate, shape }, [seed, pictures, step]) =>
    dropoutMask(node, rate, shape, readNoise(seed, pictures, step)),
  // TensorFlow.js computes on one device.
  sumOverDevices: (_, [x]) => x,
  summedConvolution: ({ offsets, addends }, [x, weight, ...values]) =>
    convolve(x, weight, offsets, addendsOf(addends, values)),
  summedInputGradient: ({ offsets, addends }, [dy, weight, ...values]) =>
    inputGradient(dy, weight, offsets, addendsOf(addends, values)),
  gateGradientOfGate: ({ groups }, [x, dy, y]) => gateGradient(x, dy, groups, y),
  relu: (_, [x]) => relu(x),
  reluGradient: (_, [x, dy]) => reluGradient(x, dy),
  elu: (_, [x]) => elu(x),
};

function addendsOf(names: readonly Addend[], values: readonly Tensor[]): Addends {
  return names.map((name, index) => [name, values[index]!]);
}

/** As small as it was, axes in their places; leading ones are left out, for which backends have their best loops. */
function broadcast({ shape, axes }: PrimitiveOf<"broadcast">, [x]: readonly Tensor[]): Tensor {
  const missing = axes.length - x!.shape.length;
  const lengths = axes.map((_, axis) => x!.shape[axis - missing] ?? 1);
  const order = axes.map((_, axis) => axis).sort((a, b) => axes[a]! - axes[b]!);
  const isOrdered = order.every((from, axis) => from === axis);
  const ordered = isOrdered ? x! : transpose(reshape(x!, lengths), order);
  const placed = shape.map((_, axis) => lengths[axes.indexOf(axis)] ?? 1);
  const first = placed.findIndex((length) => length !== 1);
  return reshape(ordered, first < 0 ? [] : placed.slice(first));
}

/** Most entries of the matrix by which few rows are added up, a quarter of a megabyte: those of class labels. */
const MOST_CHOSEN = 2 ** 16;

/** Of few rows a product, whose order of additions is one and the same everywhere; GPUs scatter in any order. */
function scatterAdd(rows: number, values: Tensor2D, indices: Tensor1D): Tensor {
  if (rows * values.shape[0] > MOST_CHOSEN) {
    return scatterND(reshape(indices, [-1, 1]), values, [rows, values.shape[1]]);
  }
  const numbers = reshape(range(0, rows, 1, "int32"), [rows, 1]);
  const chosen = cast(equal(numbers, reshape(indices, [1, -1])), "float32");
  return matMul(chosen as Tensor2D, values);
}
