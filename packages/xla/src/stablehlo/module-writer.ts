/**
 * Lines of a StableHLO function in the making: every operation gets a name for its result, and types are written as MLIR writes them.
 *
 * One file although long: a method an operation.
 */
import type { ElementType } from "@pixelcnn/core/computation";
import { operandPrecision, type Precision } from "./precision.ts";

/** Shape and element type of an array. */
export interface ArrayType {
  readonly shape: readonly number[];
  readonly type: ElementType | "u64" | "bf16";
}

/** An array in the text: its name and type. */
export interface Operand extends ArrayType {
  readonly name: string;
}

const elementNames: Record<ArrayType["type"], string> = {
  f32: "f32",
  bf16: "bf16",
  s32: "i32",
  u32: "ui32",
  u64: "ui64",
  u16: "ui16",
  u8: "ui8",
  bool: "i1",
};

/** `tensor<2x3xf32>` */
export function typeName({ shape, type }: ArrayType): string {
  return `tensor<${[...shape, elementNames[type]].join("x")}>`;
}

/** `[1, 2, 3]` */
export function list(numbers: readonly (number | boolean)[]): string {
  return `[${numbers.join(", ")}]`;
}

export class ModuleWriter {
  #lines: string[] = [];
  /** Those that may be named where the writer is. */
  #constants = new Map<string, Operand>();
  #next = 0;

  /**
   * @param precision of its products and convolutions
   * @param platform where it runs, as PJRT names it; an accelerator where none is named
   */
  constructor(
    readonly precision: Precision = "float32",
    readonly platform?: string,
  ) {}

  /** Is it for XLA's processor client, whose kernels are others than those of accelerators? */
  get runsOnProcessor(): boolean {
    return this.platform === "cpu";
  }

  /** The body so far. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Writes `%n = text`. */
  define(text: string, { shape, type }: ArrayType): Operand {
    const name = `%${this.#next++}`;
    this.#lines.push(`${name} = ${text}`);
    return { name, shape, type };
  }

  /** Writes an operation in its short form, with the types of its operands and result. */
  operation(name: string, operands: readonly Operand[], result: ArrayType, attributes = ""): Operand {
    const types = operands.map(typeName).join(", ");
    const text = `stablehlo.${name} ${namesOf(operands)}${attributes} : (${types}) -> ${typeName(result)}`;
    return this.define(text, result);
  }

  /** An operation whose operands and result are of one type. */
  elementwise(name: string, ...operands: Operand[]): Operand {
    const [{ shape, type }] = operands as [Operand];
    return this.define(`stablehlo.${name} ${namesOf(operands)} : ${typeName(operands[0]!)}`, { shape, type });
  }

  /** The same number everywhere. */
  constant(value: number, shape: readonly number[] = [], type: ArrayType["type"] = "f32"): Operand {
    const text = `stablehlo.constant dense<${literal(value, type)}> : ${typeName({ shape, type })}`;
    const known = this.#constants.get(text);
    if (known) return known;
    const operand = this.define(text, { shape, type });
    this.#constants.set(text, operand);
    return operand;
  }

  /**
   * Does the same a number of times, one after another: from what it was given, or has made, to what it goes on with.
   * @param body from the number of the turn, s32, and arrays to as many of the same types
   */
  repeat(
    count: number,
    initial: readonly Operand[],
    body: (turn: Operand, carried: readonly Operand[]) => readonly Operand[],
  ): Operand[] {
    const given = [this.constant(0, [], "s32"), ...initial];
    const types = given.map(typeName).join(", ");
    const loop = this.#next++;
    const [turn, ...carried] = given.map((operand, n) => ({ ...operand, name: `%loop${loop}_${n}` })) as [
      Operand,
      ...Operand[],
    ];
    const [outer, lines] = [this.#constants, this.#lines];
    const region = (write: () => readonly Operand[]): string[] => {
      [this.#lines, this.#constants] = [[], new Map(outer)];
      const returned = write();
      const named = namesOf(returned);
      const inner = [...this.#lines, `stablehlo.return ${named} : ${returned.map(typeName).join(", ")}`];
      [this.#lines, this.#constants] = [lines, outer];
      return inner.map((line) => `  ${line}`);
    };
    const condition = region(() => [this.compare("LT", turn, this.constant(count, [], "s32"))]);
    const step = region(() => [
      this.elementwise("add", turn, this.constant(1, [], "s32")),
      ...body(turn, carried),
    ]);
    const starts = [turn, ...carried].map(({ name }, n) => `${name} = ${given[n]!.name}`).join(", ");
    this.#lines.push(
      `%${loop}:${given.length} = stablehlo.while(${starts}) : ${types}`,
      "cond {",
      ...condition,
      "} do {",
      ...step,
      "}",
    );
    return initial.map((operand, n) => ({ ...operand, name: `%${loop}#${n + 1}` }));
  }

  /**
   * Does the same for every index of the first axis of some arrays, one after another. @param body from the parts of that index, [1, ...], to other parts.
   * @returns those parts one after another, [length, ...]
   */
  each(
    arrays: readonly Operand[],
    results: readonly ArrayType[],
    body: (parts: readonly Operand[]) => readonly Operand[],
  ): Operand[] {
    const [{ shape }] = arrays as [Operand];
    const initial = results.map((result) => this.constant(0, result.shape));
    return this.repeat(shape[0]!, initial, (turn, carried) => {
      const parts = arrays.map((array) => this.part(array, [turn], [1, ...array.shape.slice(1)]));
      return body(parts).map((part, n) => this.withPart(carried[n]!, part, [turn]));
    });
  }

  /** A part of an array, from indices that are known when it runs, s32, or now; from 0 of the axes that are not named. */
  part(x: Operand, starts: readonly (Operand | number)[], shape: readonly number[]): Operand {
    return this.operation(
      "dynamic_slice",
      [x, ...this.#starts(x, starts)],
      { shape, type: x.type },
      `, sizes = ${list(shape)}`,
    );
  }

  /** An array with another one put in where `part` would cut it out. */
  withPart(x: Operand, part: Operand, starts: readonly (Operand | number)[]): Operand {
    return this.operation("dynamic_update_slice", [x, part, ...this.#starts(x, starts)], x);
  }

  #starts({ shape }: Operand, starts: readonly (Operand | number)[]): Operand[] {
    return shape.map((_, axis) => {
      const start = starts[axis] ?? 0;
      return typeof start === "number" ? this.constant(start, [], "s32") : start;
    });
  }

  /** The other way round along an axis. */
  reverse(x: Operand, axis: number): Operand {
    return this.operation("reverse", [x], x, `, dims = ${list([axis])}`);
  }

  reshape(x: Operand, shape: readonly number[]): Operand {
    return String(x.shape) === String(shape) ? x : this.operation("reshape", [x], { shape, type: x.type });
  }

  broadcast(x: Operand, shape: readonly number[], axes: readonly number[]): Operand {
    return this.operation("broadcast_in_dim", [x], { shape, type: x.type }, `, dims = ${list(axes)}`);
  }

  transpose(x: Operand, order: readonly number[]): Operand {
    const shape = order.map((axis) => x.shape[axis]!);
    return this.operation("transpose", [x], { shape, type: x.type }, `, dims = ${list(order)}`);
  }

  slice(x: Operand, starts: readonly number[], ends: readonly number[]): Operand {
    const ranges = starts.map((start, axis) => `${start}:${ends[axis]}`).join(", ");
    const shape = starts.map((start, axis) => ends[axis]! - start);
    return this.operation("slice", [x], { shape, type: x.type }, ` [${ranges}]`);
  }

  /** Indices `start` to `end` − 1 of one axis. */
  cut(x: Operand, axis: number, start: number, end: number): Operand {
    if (start === 0 && end === x.shape[axis]) return x;
    const starts = x.shape.map((_, a) => (a === axis ? start : 0));
    return this.slice(
      x,
      starts,
      x.shape.map((length, a) => (a === axis ? end : length)),
    );
  }

  concatenate(parts: readonly Operand[], axis: number): Operand {
    const [first] = parts;
    if (parts.length === 1) return first!;
    const length = parts.reduce((sum, { shape }) => sum + shape[axis]!, 0);
    const shape = first!.shape.map((n, a) => (a === axis ? length : n));
    return this.operation("concatenate", parts, { shape, type: first!.type }, `, dim = ${axis}`);
  }

  pad(x: Operand, before: readonly number[], after: readonly number[]): Operand {
    const shape = x.shape.map((length, axis) => before[axis]! + length + after[axis]!);
    const interior = before.map(() => 0);
    const attributes = `, low = ${list(before)}, high = ${list(after)}, interior = ${list(interior)}`;
    return this.operation("pad", [x, this.constant(0, [], x.type)], { shape, type: x.type }, attributes);
  }

  reduce(kind: "add" | "maximum", x: Operand, axes: readonly number[]): Operand {
    const start = this.constant(kind === "add" ? 0 : Number.NEGATIVE_INFINITY, [], x.type);
    const result = { shape: x.shape.filter((_, axis) => !axes.includes(axis)), type: x.type };
    return this.define(
      `stablehlo.reduce(${x.name} init: ${start.name}) applies stablehlo.${kind} across dimensions = ${list(axes)} : ` +
        `(${typeName(x)}, ${typeName(start)}) -> ${typeName(result)}`,
      result,
    );
  }

  /** Both factors of a product as they are multiplied. */
  factors(left: Operand, right: Operand): [Operand, Operand] {
    if (this.precision !== "bf16") return [left, right];
    return [this.convert(left, "bf16"), this.convert(right, "bf16")];
  }

  /**
   * Columns of a matrix of bfloat16 as rows, in memory too. XLA's processor client has fast products for factors that lie row by row alone, and makes a
   * transposition part of the product wherever it sees one: it cannot see through what lies flat between.
   */
  #turned(x: Operand): Operand {
    const [rows, columns] = x.shape as [number, number];
    const flat = this.reshape(this.transpose(x, [1, 0]), [rows * columns]);
    const kept = this.define(`stablehlo.optimization_barrier ${flat.name} : ${typeName(flat)}`, flat);
    return this.reshape(kept, [columns, rows]);
  }

  /** Matrix product over one axis of each. */
  product(x: Operand, y: Operand, leftAxis: 0 | 1, rightAxis: 0 | 1): Operand {
    const [left, right] = this.factors(x, y);
    const isTurned = leftAxis === 0 && left.type === "bf16" && this.runsOnProcessor;
    return isTurned
      ? this.#multiply(this.#turned(left), right, 1, rightAxis)
      : this.#multiply(left, right, leftAxis, rightAxis);
  }

  #multiply(left: Operand, right: Operand, leftAxis: 0 | 1, rightAxis: 0 | 1): Operand {
    const precision = operandPrecision(this.precision);
    const result: ArrayType = {
      shape: [left.shape[1 - leftAxis]!, right.shape[1 - rightAxis]!],
      type: "f32",
    };
    const attributes = `, contracting_dims = [${leftAxis}] x [${rightAxis}], precision = [${precision}, ${precision}]`;
    return this.operation("dot_general", [left, right], result, attributes);
  }

  compare(direction: "GT" | "EQ" | "LT", x: Operand, y: Operand): Operand {
    const kind = x.type === "f32" ? "FLOAT" : x.type === "s32" ? "SIGNED" : "UNSIGNED";
    return this.define(
      `stablehlo.compare ${direction}, ${x.name}, ${y.name}, ${kind} : (${typeName(x)}, ${typeName(y)}) -> ${typeName({ shape: x.shape, type: "bool" })}`,
      { shape: x.shape, type: "bool" },
    );
  }

  select(condition: Operand, x: Operand, y: Operand): Operand {
    const operands = namesOf([condition, x, y]);
    return this.define(`stablehlo.select ${operands} : ${typeName(condition)}, ${typeName(x)}`, x);
  }

  convert(x: Operand, type: ArrayType["type"]): Operand {
    return x.type === type ? x : this.operation("convert", [x], { shape: x.shape, type });
  }

  /** 0, 1, 2, … along an axis. */
  iota(shape: readonly number[], axis: number, type: ArrayType["type"]): Operand {
    return this.define(`stablehlo.iota dim = ${axis} : ${typeName({ shape, type })}`, { shape, type });
  }
}

function namesOf(operands: readonly Operand[]): string {
  return operands.map(({ name }) => name).join(", ");
}

function literal(value: number, type: ArrayType["type"]): string {
  if (type === "bool") return value === 0 ? "false" : "true";
  if (type !== "f32") return String(value);
  const single = Math.fround(value);
  // Nine digits tell every float32 from every other.
  if (Number.isFinite(single)) return single.toExponential(8);
  return single > 0 ? "0x7F800000" : single < 0 ? "0xFF800000" : "0x7FC00000";
}
