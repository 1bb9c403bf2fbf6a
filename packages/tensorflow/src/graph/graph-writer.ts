/**
 * A computation's graph in the making: every operation becomes one of TensorFlow's or a few.
 *
 * As on TensorFlow.js, a value may be held as a smaller array that broadcasts to its shape: constants, biases and what is computed of them alone are
 * spread only for operations that do not broadcast themselves.
 */
import type { ElementType } from "@pixelcnn/core/computation";
import { elementTypes } from "../c-api/element-type.ts";
import type { Attribute, Graph, Input } from "../c-api/graph.ts";
import type { Address, NativeOutput } from "../c-api/library.ts";
import { NativeTensor } from "../c-api/native-tensor.ts";

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

/** The shape to which two broadcast. */
function broadcastShape(a: readonly number[], b: readonly number[]): readonly number[] {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  const missing = long.length - short.length;
  return long.map((length, axis) => (length === 1 ? (short[axis - missing] ?? 1) : length));
}
