/** A computation as the text of a StableHLO module, which a PJRT plugin compiles. One entry a primitive. */
import type { Computation, Equation, PrimitiveName, PrimitiveOf } from "@pixelcnn/core/computation";
import { writeAttention, writeAttentionGradient } from "./attention.ts";
import { writeConvolution, writeFilterGradient, writeInputGradient } from "./convolution.ts";
import { writeDropoutMask } from "./dropout-mask.ts";
import { writeGate, writeGateGradient } from "./gate.ts";
import { writeLstm, writeLstmGradient } from "./lstm.ts";
import { list, ModuleWriter, type Operand, typeName } from "./module-writer.ts";
import {
  writeBernoulliGradient,
  writeBernoulliNats,
  writeCategoricalGradient,
  writeCategoricalNats,
} from "./nats.ts";
import type { Precision } from "./precision.ts";

/** How a module is printed. */
export interface PrintOptions {
  /** On how many devices it runs; 1 by default. */
  readonly devices?: number;
  /** Arguments whose memory results of the same type may take, by name: those of a result with that name. */
  readonly donated?: readonly string[];
  /** Of its products and convolutions; float32 by default. */
  readonly precision?: Precision;
  /** Where it runs, as PJRT names it. */
  readonly platform?: string;
}

type Writer<Name extends PrimitiveName> = (
  write: ModuleWriter,
  primitive: PrimitiveOf<Name>,
  inputs: readonly Operand[],
  devices: number,
) => Operand;

const unaryNames: Record<PrimitiveOf<"unary">["kind"], string> = {
  negate: "negate",
  exponential: "exponential",
  log: "log",
  logPlusOne: "log_plus_one",
  squareRoot: "sqrt",
  reciprocalSquareRoot: "rsqrt",
  tanh: "tanh",
  logistic: "logistic",
  absolute: "abs",
  isFinite: "is_finite",
};

const writers: { readonly [Name in PrimitiveName]: Writer<Name> } = {
  constant: (write, { value, shape, type }) => write.constant(value, shape, type),
  iota: (write, { length }) => {
    const result = { shape: [length], type: "f32" } as const;
    return write.define(`stablehlo.iota dim = 0 : ${typeName(result)}`, result);
  },
  unary: (write, { kind }, [x]) =>
    kind === "isFinite"
      ? write.operation("is_finite", [x!], { shape: x!.shape, type: "bool" })
      : write.elementwise(unaryNames[kind], x!),
  binary: (write, { kind }, inputs) => write.elementwise(kind, ...inputs),
  greater: (write, _, [x, y]) => write.compare("GT", x!, y!),
  select: (write, _, [condition, x, y]) => write.select(condition!, x!, y!),
  convert: (write, { type }, [x]) => write.convert(x!, type),
  broadcast: (write, { shape, axes }, [x]) => write.broadcast(x!, shape, axes),
  reshape: (write, { shape }, [x]) => write.reshape(x!, shape),
  transpose: (write, { order }, [x]) => write.transpose(x!, order),
  slice: (write, { starts, ends }, [x]) => write.slice(x!, starts, ends),
  pad: (write, { before, after }, [x]) => write.pad(x!, before, after),
  concatenate: (write, { axis }, inputs) => write.concatenate(inputs, axis),
  reduce: (write, { kind, axes }, [x]) => write.reduce(kind === "sum" ? "add" : "maximum", x!, axes),
  product: (write, { transposeLeft, transposeRight }, [left, right]) =>
    write.product(left!, right!, transposeLeft ? 0 : 1, transposeRight ? 1 : 0),
  gather: writeGather,
  scatterAdd: writeScatterAdd,
  convolution: (write, { offsets }, [x, weight]) => writeConvolution(write, x!, weight!, offsets),
  convolutionInputGradient: (write, { offsets }, [dy, weight]) =>
    writeInputGradient(write, dy!, weight!, offsets),
  convolutionFilterGradient: (write, { offsets }, [x, dy]) => writeFilterGradient(write, x!, dy!, offsets),
  gate: (write, { groups }, [x]) => writeGate(write, x!, groups),
  gateGradient: (write, { groups }, [x, dy]) => writeGateGradient(write, x!, dy!, groups),
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
  dropoutMask: (write, primitive, [seed, pictures, step]) =>
    writeDropoutMask(write, primitive, [seed!, pictures!, step!]),
  sumOverDevices: (write, _, [x], devices) => writeAllReduce(write, x!, devices),
};

/** The module's text: one function, `main`, with the computation's arguments and results in order. */
export function printModule(
  computation: Computation,
  { devices = 1, donated = [], precision = "float32", platform }: PrintOptions = {},
): string {
  const write = new ModuleWriter(precision, platform);
  const operands = new Map<number, Operand>();
  const given = computation.arguments.map(({ name, value }, index) => {
    const operand = { ...value, name: `%arg${index}` };
    operands.set(value.id, operand);
    const result = computation.results.findIndex((candidate) => candidate.name === name);
    const alias = donated.includes(name) && result >= 0 ? ` {tf.aliasing_output = ${result} : i32}` : "";
    return `${operand.name}: ${typeName(operand)}${alias}`;
  });
  for (const equation of computation.equations) {
    operands.set(equation.output.id, writeEquation(write, equation, operands, devices));
  }
  const results = computation.results.map(({ value }) => operands.get(value.id)!);
  const types = results.map(typeName).join(", ");
  return [
    `module @step attributes {mhlo.num_replicas = ${devices} : i32, mhlo.num_partitions = 1 : i32} {`,
    `  func.func public @main(${given.join(", ")}) -> (${types}) {`,
    ...write.lines.map((line) => `    ${line}`),
    `    return ${results.map(({ name }) => name).join(", ")} : ${types}`,
    "  }",
    "}",
    "",
  ].join("\n");
}

function writeEquation(
  write: ModuleWriter,
  { primitive, inputs }: Equation,
  operands: ReadonlyMap<number, Operand>,
  devices: number,
): Operand {
  const writer = writers[primitive.op] as Writer<PrimitiveName>;
  return writer(
    write,
    primitive,
    inputs.map(({ id }) => operands.get(id)!),
    devices,
  );
}

function writeGather(
  write: ModuleWriter,
  _: PrimitiveOf<"gather">,
  [table, indices]: readonly Operand[],
): Operand {
  const columns = table!.shape[1]!;
  const result = { shape: [indices!.shape[0]!, columns], type: table!.type };
  return write.define(
    `"stablehlo.gather"(${table!.name}, ${indices!.name}) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], ` +
      "collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, " +
      `slice_sizes = array<i64: 1, ${columns}>}> : (${typeName(table!)}, ${typeName(indices!)}) -> ${typeName(result)}`,
    result,
  );
}

function writeScatterAdd(
  write: ModuleWriter,
  { rows }: PrimitiveOf<"scatterAdd">,
  [values, indices]: readonly Operand[],
): Operand {
  const zeros = write.constant(0, [rows, values!.shape[1]!]);
  const types = [zeros, indices!, values!].map(typeName).join(", ");
  return write.define(
    `"stablehlo.scatter"(${zeros.name}, ${indices!.name}, ${values!.name}) <{indices_are_sorted = false, ` +
      "scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], " +
      `scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> (${addition}) : ` +
      `(${types}) -> ${typeName(zeros)}`,
    zeros,
  );
}

function writeAllReduce(write: ModuleWriter, x: Operand, devices: number): Operand {
  if (devices === 1) return x;
  const group = list(Array.from({ length: devices }, (_, device) => device));
  return write.define(
    `"stablehlo.all_reduce"(${x.name}) <{replica_groups = dense<[${group}]> : tensor<1x${devices}xi64>}> (${addition}) : ` +
      `(${typeName(x)}) -> ${typeName(x)}`,
    x,
  );
}

/** The function by which two numbers become one. */
const addition =
  "{ ^bb0(%a: tensor<f32>, %b: tensor<f32>): %sum = stablehlo.add %a, %b : tensor<f32> stablehlo.return %sum : tensor<f32> }";
