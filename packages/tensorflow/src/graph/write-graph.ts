/** A computation as a TensorFlow graph. One entry an operation. */
import {
  type Addend,
  type BinaryKind,
  type Computation,
  type OperationName,
  type OperationOf,
  type PrimitiveOf,
  type Step,
  stepsOf,
  type UnaryKind,
  type Value,
} from "@pixelcnn/core/computation";
import { Graph } from "../c-api/graph.ts";
import type { Library } from "../c-api/library.ts";
import { writeAttention, writeAttentionGradient } from "./attention.ts";
import { writeConvolution, writeFilterGradient, writeInputGradient } from "./convolution.ts";
import { writeGate, writeGateGradient } from "./gate.ts";
import { GraphWriter, type Operand } from "./graph-writer.ts";
import { writeLstm, writeLstmGradient } from "./lstm.ts";
import {
  writeBernoulliGradient,
  writeBernoulliNats,
  writeCategoricalGradient,
  writeCategoricalNats,
} from "./nats.ts";
import { writeSum } from "./sum.ts";

/** A graph, and where it is fed and read. */
export interface WrittenGraph {
  readonly graph: Graph;
  /** By argument of the computation that it reads, in order. */
  readonly feeds: readonly { readonly name: string; readonly operand: Operand }[];
  /** Dropout masks, f32, which are fed too: TensorFlow's own noise has no such addresses. */
  readonly masks: readonly { readonly mask: PrimitiveOf<"dropoutMask">; readonly operand: Operand }[];
  /** By result of the computation, in order. */
  readonly fetches: readonly Operand[];
}

/** Arguments that nothing but dropout masks reads. */
const ofNoise = new Set(["seed", "pictures", "step"]);

/** @throws {TensorflowError} when TensorFlow refuses an operation */
export function writeGraph(library: Library, computation: Computation): WrittenGraph {
  const write = new GraphWriter(new Graph(library));
  const operands = new Map<number, Operand>();
  const feeds = computation.arguments
    .filter(({ name }) => !ofNoise.has(name))
    .map(({ name, value }) => {
      const operand = write.placeholder(value.shape, value.type);
      operands.set(value.id, operand);
      return { name, operand };
    });
  const masks: { mask: PrimitiveOf<"dropoutMask">; operand: Operand }[] = [];
  for (const step of stepsOf(computation)) {
    const { operation, output } = step;
    if (operation.op === "dropoutMask") {
      const operand = write.placeholder(output.shape, "f32");
      masks.push({ mask: operation, operand });
      operands.set(output.id, operand);
    } else operands.set(output.id, writeStep(write, { ...step, operation }, operands));
  }
  const fetches = computation.results.map(({ value }) =>
    // Under a name of its own: what is fed cannot be fetched.
    write.unary("Identity", write.spread(operands.get(value.id)!, value.shape)),
  );
  return { graph: write.graph, feeds, masks, fetches };
}

/** All operations but those that are fed. */
type Written = Exclude<OperationName, "dropoutMask">;

function writeStep(
  write: GraphWriter,
  { operation, inputs, output }: Step & { readonly operation: OperationOf<Written> },
  operands: ReadonlyMap<number, Operand>,
): Operand {
  const given = inputs.map((value) => {
    const operand = operands.get(value.id)!;
    return takesSmaller(operation.op, operand) ? operand : write.spread(operand, value.shape);
  });
  return (writers[operation.op] as Writer<Written>)(write, operation, given, output);
}

type Writer<Name extends OperationName> = (
  write: GraphWriter,
  operation: OperationOf<Name>,
  inputs: readonly Operand[],
  output: Value,
) => Operand;

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

function takesSmaller(op: OperationName, { shape }: Operand): boolean {
  return broadcasting.has(op) || (op === "reshape" && shape.every((length) => length === 1));
}

const unaryNames: Record<UnaryKind, string> = {
  negate: "Neg",
  exponential: "Exp",
  log: "Log",
  logPlusOne: "Log1p",
  squareRoot: "Sqrt",
  reciprocalSquareRoot: "Rsqrt",
  tanh: "Tanh",
  logistic: "Sigmoid",
  absolute: "Abs",
  isFinite: "IsFinite",
};

const binaryNames: Record<Exclude<BinaryKind, "and">, string> = {
  add: "AddV2",
  subtract: "Sub",
  multiply: "Mul",
  divide: "RealDiv",
  maximum: "Maximum",
  minimum: "Minimum",
};

const writers: { readonly [Name in Written]: Writer<Name> } = {
  constant: (write, { value, type }) => write.constant(value, type),
  iota: (write, { length }) =>
    write.array(
      Array.from({ length }, (_, index) => index),
      [length],
      "f32",
    ),
  unary: (write, { kind }, [x]) => write.unary(unaryNames[kind], x!, kind === "isFinite" ? "bool" : "f32"),
  binary: (write, { kind }, [x, y]) => {
    if (kind === "and") return write.binary("LogicalAnd", x!, y!, {});
    if (kind === "add" && isBias(x!, y!)) return write.addBias(x!, y!);
    return write.binary(binaryNames[kind], x!, y!);
  },
  greater: (write, _, [x, y]) => ({ ...write.binary("Greater", x!, y!), type: "bool" }),
  select: (write, _, [condition, x, y]) => write.select(condition!, x!, y!),
  convert: (write, { type }, [x]) => write.convert(x!, type),
  broadcast: writeBroadcast,
  reshape: (write, _, [x], { shape }) =>
    x!.shape.every((length) => length === 1) ? write.reshape(x!, []) : write.reshape(x!, shape),
  transpose: (write, { order }, [x]) => write.transpose(x!, order),
  slice: (write, { starts, ends }, [x]) => write.slice(x!, starts, ends),
  pad: (write, { before, after }, [x]) => write.pad(x!, before, after),
  concatenate: (write, { axis }, inputs) => write.concatenate(inputs, axis),
  reduce: (write, { kind, axes }, [x]) =>
    kind === "sum" ? writeSum(write, x!, axes) : write.reduce("Max", x!, axes),
  product: (write, { transposeLeft, transposeRight }, [left, right]) =>
    write.product(left!, right!, transposeLeft, transposeRight),
  gather: (write, _, [table, indices]) => write.gather(table!, indices!),
  scatterAdd: (write, { rows }, [values, indices]) =>
    write.operation(
      "UnsortedSegmentSum",
      [values!, indices!, write.constant(rows, "s32")],
      { shape: [rows, ...values!.shape.slice(1)], type: "f32" },
      { T: { type: "f32" }, Tindices: { type: "s32" }, Tnumsegments: { type: "s32" } },
    ),
  convolution: (write, { offsets }, [x, weight]) => writeConvolution(write, x!, weight!, null, offsets),
  summedConvolution: (write, { offsets, addends }, [x, weight, ...values]) => {
    const bias = addends[0] === "channels" ? values[0]! : null;
    const sums = writeConvolution(write, x!, weight!, bias, offsets);
    return bias === null
      ? addAll(write, sums, addends, values)
      : addAll(write, sums, addends.slice(1), values.slice(1));
  },
  summedInputGradient: (write, { offsets, addends }, [dy, weight, ...values]) =>
    addAll(write, writeInputGradient(write, dy!, weight!, offsets), addends, values),
  convolutionInputGradient: (write, { offsets }, [dy, weight]) =>
    writeInputGradient(write, dy!, weight!, offsets),
  convolutionFilterGradient: (write, { offsets }, [x, dy]) => writeFilterGradient(write, x!, dy!, offsets),
  gate: (write, { groups }, [x]) => writeGate(write, x!, groups),
  gateGradient: (write, { groups }, [x, dy]) => writeGateGradient(write, x!, dy!, groups),
  // The gate's own halves are at hand, which is more than the gate.
  gateGradientOfGate: (write, { groups }, [x, dy]) => writeGateGradient(write, x!, dy!, groups),
  attention: (write, { heads }, [queries, keys, values]) =>
    writeAttention(write, [queries!, keys!, values!], heads),
  attentionGradient: (write, { heads }, [queries, keys, values, dy]) =>
    writeAttentionGradient(write, [queries!, keys!, values!, dy!], heads),
  lstm: (write, recurrence, [x, weight]) => writeLstm(write, [x!, weight!], recurrence),
  lstmGradient: (write, recurrence, [x, weight, states, dstates]) =>
    writeLstmGradient(write, [x!, weight!, states!, dstates!], recurrence),
  bernoulliNats: (write, _, [logits, levels]) => writeBernoulliNats(write, logits!, levels!),
  bernoulliNatsGradient: (write, _, [logits, levels, dy]) =>
    writeBernoulliGradient(write, logits!, levels!, dy!),
  categoricalNats: (write, _, [logits, levels]) => writeCategoricalNats(write, logits!, levels!),
  categoricalNatsGradient: (write, _, [logits, levels, dy]) =>
    writeCategoricalGradient(write, logits!, levels!, dy!),
  // A session has one device.
  sumOverDevices: (_, __, [x]) => x!,
  relu: (write, _, [x]) => write.unary("Relu", x!),
  reluGradient: (write, _, [x, dy]) => write.binary("ReluGrad", dy!, x!),
  elu: (write, _, [x]) => write.unary("Elu", x!),
};

function addAll(
  write: GraphWriter,
  sums: Operand,
  addends: readonly Addend[],
  values: readonly Operand[],
): Operand {
  return addends.reduce((sum, addend, index) => {
    const value = values[index]!;
    if (addend === "channels") return write.addBias(sum, value);
    const [batch, channels] = value.shape as [number, number];
    const spread = addend === "pictures" ? write.reshape(value, [batch, 1, 1, channels]) : value;
    return write.binary(binaryNames.add, sum, spread);
  }, sums);
}

/** A number a channel for an array that has all its positions. */
function isBias(x: Operand, bias: Operand): boolean {
  return x.shape.length > 1 && bias.shape.length === 1 && bias.shape[0] === x.shape.at(-1);
}

/** As small as it was, axes in their places; leading ones are left out. */
function writeBroadcast(
  write: GraphWriter,
  { shape, axes }: PrimitiveOf<"broadcast">,
  [x]: readonly Operand[],
): Operand {
  const missing = axes.length - x!.shape.length;
  const lengths = axes.map((_, axis) => x!.shape[axis - missing] ?? 1);
  const order = axes.map((_, axis) => axis).sort((a, b) => axes[a]! - axes[b]!);
  const isOrdered = order.every((from, axis) => from === axis);
  const ordered = isOrdered ? x! : write.transpose(write.reshape(x!, lengths), order);
  const placed = shape.map((_, axis) => lengths[axes.indexOf(axis)] ?? 1);
  const first = placed.findIndex((length) => length !== 1);
  return write.reshape(ordered, first < 0 ? [] : placed.slice(first));
}
