/**
 * A computation's graph in the making: every operation becomes one of TensorFlow's or a few.
 *
 * As on TensorFlow.js, a value may be held as a smaller array that broadcasts to its shape: constants, biases and what is computed of them alone are
 * spread only for operations that do not broadcast themselves.
 *
 * One file although long: a method an operation.
 */
import type { ElementType } from "@pixelcnn/core/computation";
import { elementTypes } from "../c-api/element-type.ts";
import type { Attribute, Graph, Input } from "../c-api/graph.ts";
import type { Address, NativeOutput } from "../c-api/library.ts";
import { NativeTensor } from "../c-api/native-tensor.ts";
import { whileLoop } from "../c-api/while-loop.ts";

/** An array of the graph: which output of which operation, its shape as it is held, and the type of its elements. */
export interface Operand extends NativeOutput {
  readonly shape: readonly number[];
  readonly type: ElementType;
}

export class GraphWriter {
  readonly #known = new Map<string, Operand>();

  constructor(readonly graph: Graph) {}

  /** An operation's first output. */
  operation(
    name: string,
    inputs: readonly Input[],
    { shape, type }: Pick<Operand, "shape" | "type">,
    attributes: Readonly<Record<string, Attribute>> = { T: { type } },
  ): Operand {
    return { operation: this.graph.add(name, inputs, attributes), index: 0, shape, type };
  }

  /** What is fed. */
  placeholder(shape: readonly number[], type: ElementType): Operand {
    return this.operation("Placeholder", [], { shape, type }, { dtype: { type }, shape: { shape } });
  }

  /** Written once for whatever asks for it again. */
  once(key: string, write: () => Operand): Operand {
    const known = this.#known.get(key) ?? write();
    this.#known.set(key, known);
    return known;
  }

  /** Whether it has been written. */
  knows(key: string): boolean {
    return this.#known.has(key);
  }

  /** Numbers that are known now. */
  array(values: readonly number[], shape: readonly number[], type: ElementType): Operand {
    return this.once(`${type} [${shape}] ${values}`, () => {
      const host = elementTypes[type].Array.from(values);
      const tensor = NativeTensor.of(this.graph.library, host, shape, type);
      try {
        return this.operation("Const", [], { shape, type }, { dtype: { type }, value: { tensor } });
      } finally {
        tensor.dispose();
      }
    });
  }

  /** One number, which broadcasts. */
  constant(value: number, type: ElementType = "f32"): Operand {
    return this.array([value], [], type);
  }

  /** A list of integers, as shapes and axes are. */
  integers(values: readonly number[]): Operand {
    return this.array(values, [values.length], "s32");
  }

  /** A function of every element. */
  unary(name: string, x: Operand, type: ElementType = x.type): Operand {
    return this.operation(name, [x], { shape: x.shape, type }, { T: { type: x.type } });
  }

  /** A function of every two elements; the smaller array broadcasts. */
  binary(name: string, x: Operand, y: Operand, attributes?: Readonly<Record<string, Attribute>>): Operand {
    const shape = broadcastShape(x.shape, y.shape);
    return this.operation(name, [x, y], { shape, type: x.type }, attributes);
  }

  convert(x: Operand, type: ElementType): Operand {
    if (x.type === type) return x;
    return this.operation("Cast", [x], { shape: x.shape, type }, { SrcT: { type: x.type }, DstT: { type } });
  }

  select(condition: Operand, x: Operand, y: Operand): Operand {
    const shape = broadcastShape(condition.shape, broadcastShape(x.shape, y.shape));
    return this.operation("SelectV2", [condition, x, y], { shape, type: x.type });
  }

  /** In the whole shape that it stands for. */
  spread(x: Operand, shape: readonly number[]): Operand {
    if (String(x.shape) === String(shape)) return x;
    return this.once(`spread ${x.operation} ${x.index} [${shape}]`, () =>
      this.operation("BroadcastTo", [x, this.integers(shape)], { shape, type: x.type }),
    );
  }

  reshape(x: Operand, shape: readonly number[]): Operand {
    if (String(x.shape) === String(shape)) return x;
    return this.operation("Reshape", [x, this.integers(shape)], { shape, type: x.type });
  }

  transpose(x: Operand, order: readonly number[]): Operand {
    const shape = order.map((axis) => x.shape[axis]!);
    return this.operation("Transpose", [x, this.integers(order)], { shape, type: x.type });
  }

  slice(x: Operand, starts: readonly number[], ends: readonly number[]): Operand {
    const shape = starts.map((start, axis) => ends[axis]! - start);
    if (String(shape) === String(x.shape)) return x;
    const attributes = { T: { type: x.type }, Index: { type: "s32" } } as const;
    return this.operation(
      "Slice",
      [x, this.integers(starts), this.integers(shape)],
      { shape, type: x.type },
      attributes,
    );
  }

  /** Indices `start` to `end` − 1 of one axis. */
  cut(x: Operand, axis: number, start: number, end: number): Operand {
    return this.slice(
      x,
      x.shape.map((_, a) => (a === axis ? start : 0)),
      x.shape.map((length, a) => (a === axis ? end : length)),
    );
  }

  concatenate(parts: readonly Operand[], axis: number): Operand {
    const [first] = parts as [Operand];
    if (parts.length === 1) return first;
    const length = parts.reduce((sum, { shape }) => sum + shape[axis]!, 0);
    const shape = first.shape.map((n, a) => (a === axis ? length : n));
    return this.operation(
      "ConcatV2",
      [parts, this.constant(axis, "s32")],
      { shape, type: first.type },
      { T: { type: first.type }, Tidx: { type: "s32" }, N: { integer: parts.length } },
    );
  }

  pad(x: Operand, before: readonly number[], after: readonly number[]): Operand {
    const shape = x.shape.map((length, axis) => before[axis]! + length + after[axis]!);
    if (String(shape) === String(x.shape)) return x;
    const margins = this.array(
      before.flatMap((length, axis) => [length, after[axis]!]),
      [before.length, 2],
      "s32",
    );
    return this.operation("Pad", [x, margins], { shape, type: x.type });
  }

  /** Over some axes, which disappear. */
  reduce(name: "Sum" | "Max", x: Operand, axes: readonly number[]): Operand {
    const shape = x.shape.filter((_, axis) => !axes.includes(axis));
    return this.operation(
      name,
      [x, this.integers(axes)],
      { shape, type: x.type },
      { T: { type: x.type }, Tidx: { type: "s32" }, keep_dims: { truth: false } },
    );
  }

  /** Product of two matrices, either of them transposed first. */
  product(left: Operand, right: Operand, transposeLeft = false, transposeRight = false): Operand {
    const shape = [left.shape[transposeLeft ? 1 : 0]!, right.shape[transposeRight ? 0 : 1]!];
    return this.operation(
      "MatMul",
      [left, right],
      { shape, type: "f32" },
      {
        T: { type: "f32" },
        transpose_a: { truth: transposeLeft },
        transpose_b: { truth: transposeRight },
      },
    );
  }

  /** Products of matrices, for every index of the first axis, either of them transposed first. */
  batchedProduct(left: Operand, right: Operand, transposeLeft = false, transposeRight = false): Operand {
    const shape = [left.shape[0]!, left.shape[transposeLeft ? 2 : 1]!, right.shape[transposeRight ? 1 : 2]!];
    return this.operation(
      "BatchMatMulV2",
      [left, right],
      { shape, type: "f32" },
      {
        T: { type: "f32" },
        adj_x: { truth: transposeLeft },
        adj_y: { truth: transposeRight },
      },
    );
  }

  /** The same array, when operations that it is not made of have been run. */
  after(x: Operand, operations: readonly Address[]): Operand {
    if (operations.length === 0) return x;
    return {
      ...x,
      operation: this.graph.add("Identity", [x], { T: { type: x.type } }, operations),
      index: 0,
    };
  }

  /** Of the first axis, those of these indices, s32 [B]. */
  gather(table: Operand, indices: Operand): Operand {
    const shape = [...indices.shape, ...table.shape.slice(1)];
    return this.operation(
      "GatherV2",
      [table, indices, this.constant(0, "s32")],
      { shape, type: table.type },
      { Tparams: { type: table.type }, Tindices: { type: "s32" }, Taxis: { type: "s32" } },
    );
  }

  /** Those of the first axis that a range has; how many is not known now, and -1 in the shape. */
  range(x: Operand, { first, length }: Range): Operand {
    const rest = x.shape.slice(1).map(() => 0);
    const [begin, size] = [
      { first, others: rest },
      { first: length, others: rest.map(() => -1) },
    ].map(({ first, others }) =>
      others.length === 0 ? first : this.concatenate([first, this.integers(others)], 0),
    ) as [Operand, Operand];
    const attributes = { T: { type: x.type }, Index: { type: "s32" } } as const;
    return this.operation(
      "Slice",
      [x, begin, size],
      { shape: [-1, ...x.shape.slice(1)], type: x.type },
      attributes,
    );
  }

  /** Of the last axis, `count` from the first one on. */
  columns(x: Operand, first: number, count: number): Operand {
    const last = x.shape.length - 1;
    const starts = x.shape.map((_, axis) => (axis === last ? first : 0));
    const sizes = x.shape.map((_, axis) => (axis === last ? count : -1));
    const attributes = { T: { type: x.type }, Index: { type: "s32" } } as const;
    const shape = [...x.shape.slice(0, -1), count];
    return this.operation(
      "Slice",
      [x, this.integers(starts), this.integers(sizes)],
      { shape, type: x.type },
      attributes,
    );
  }

  /** [..., F] as rows of which it is not known how many there are, [-1, F]. */
  matrix(x: Operand): Operand {
    return this.reshape(x, [-1, x.shape.at(-1)!]);
  }

  /**
   * An array with other values at some indices of its first axis, in the memory that it had. @param readers what is read of it before
   */
  overwrite(x: Operand, indices: Operand, values: Operand, readers: readonly Operand[]): Operand {
    const after = readers.map(({ operation }) => operation);
    const attributes = { T: { type: x.type } } as const;
    return {
      ...x,
      operation: this.graph.add("InplaceUpdate", [x, indices, values], attributes, after),
      index: 0,
    };
  }

  /**
   * Does the same a number of times, one after another. @param carried what it starts from @param fixed what it may read besides
   * @param body in a graph of its own, from the number of the turn and both to what it goes on with
   */
  repeat(
    count: number,
    carried: readonly Operand[],
    fixed: readonly Operand[],
    body: (
      write: GraphWriter,
      turn: Operand,
      carried: readonly Operand[],
      fixed: readonly Operand[],
    ) => readonly Operand[],
  ): Operand[] {
    const given = [this.constant(0, "s32"), ...carried, ...fixed];
    const typed = (outputs: readonly NativeOutput[]) =>
      outputs.map((output, n): Operand => ({ ...given[n]!, ...output }));
    const made = whileLoop(
      this.graph,
      given,
      (graph, outputs) => {
        const write = new GraphWriter(graph);
        const inputs = [typed(outputs)[0]!, write.constant(count, "s32")];
        return write.operation("Less", inputs, { shape: [], type: "bool" }, { T: { type: "s32" } });
      },
      (graph, outputs) => {
        const write = new GraphWriter(graph);
        const [turn, ...rest] = typed(outputs) as [Operand, ...Operand[]];
        const others = rest.slice(carried.length);
        const next = write.binary("AddV2", turn, write.constant(1, "s32"), { T: { type: "s32" } });
        const results = body(write, turn, rest.slice(0, carried.length), others);
        return [next, ...results, ...others.map((other) => write.unary("Identity", other))];
      },
    );
    return typed(made).slice(1, 1 + carried.length);
  }

  /** A number for every channel, added. */
  addBias(x: Operand, bias: Operand): Operand {
    return this.operation("BiasAdd", [x, bias], x);
  }

  /** [..., F] as rows, [N, F]. */
  rows(x: Operand): Operand {
    const channels = x.shape.at(-1)!;
    return this.reshape(x, [x.shape.slice(0, -1).reduce((product, length) => product * length, 1), channels]);
  }
}

/** Indices of a first axis that are known when the graph runs: s32 [1] each. */
interface Range {
  readonly first: Operand;
  readonly length: Operand;
}

/** The shape to which two broadcast. */
function broadcastShape(a: readonly number[], b: readonly number[]): readonly number[] {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  const missing = long.length - short.length;
  return long.map((length, axis) => (length === 1 ? (short[axis - missing] ?? 1) : length));
}
