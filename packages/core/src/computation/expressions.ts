/** What can be written with primitives: a method each, and a few of two. What becomes of it is up to whoever applies them. */
import type { ChannelRange } from "../network/graph.ts";
import type { BinaryKind, Primitive, Recurrence, TapOffset, UnaryKind } from "./primitive.ts";
import type { ElementType, Value } from "./value.ts";

export abstract class Expressions {
  /**
   * Applies a primitive.
   * @throws {ShapeError} when its inputs do not fit
   */
  abstract apply(primitive: Primitive, ...inputs: Value[]): Value;

  /** The same number everywhere. */
  constant(value: number, shape: readonly number[] = [], type: ElementType = "f32"): Value {
    return this.apply({ op: "constant", value, shape, type });
  }

  /** 0, 1, … length − 1, [length]. */
  iota(length: number): Value {
    return this.apply({ op: "iota", length });
  }

  /** A function of every element. */
  unary(kind: UnaryKind, x: Value): Value {
    return this.apply({ op: "unary", kind }, x);
  }

  /** A function of every two elements; the arrays have one shape and type. */
  binary(kind: BinaryKind, x: Value, y: Value): Value {
    return this.apply({ op: "binary", kind }, x, y);
  }

  /** x + y, element by element. */
  add(x: Value, y: Value): Value {
    return this.binary("add", x, y);
  }

  /** x − y, element by element. */
  subtract(x: Value, y: Value): Value {
    return this.binary("subtract", x, y);
  }

  /** x · y, element by element. */
  multiply(x: Value, y: Value): Value {
    return this.binary("multiply", x, y);
  }

  /** x / y, element by element. */
  divide(x: Value, y: Value): Value {
    return this.binary("divide", x, y);
  }

  /** x · a, a number. */
  scale(x: Value, factor: number): Value {
    return this.multiply(x, this.constant(factor, x.shape));
  }

  /** x + a, a number. */
  shift(x: Value, summand: number): Value {
    return this.add(x, this.constant(summand, x.shape));
  }

  /** bool: x > y, element by element. */
  greater(x: Value, y: Value): Value {
    return this.apply({ op: "greater" }, x, y);
  }

  /** x where the condition holds, else y. The condition may be a scalar. */
  select(condition: Value, x: Value, y: Value): Value {
    return this.apply({ op: "select" }, condition, x, y);
  }

  /** The same numbers as another type. */
  convert(x: Value, type: ElementType): Value {
    return x.type === type ? x : this.apply({ op: "convert", type }, x);
  }

  /** Axis i of x becomes axis `axes[i]` of the result, the others are repeated. */
  broadcast(x: Value, shape: readonly number[], axes: readonly number[]): Value {
    return this.apply({ op: "broadcast", shape, axes }, x);
  }

  /** A vector, [F], at every position of `shape`, [..., F]. */
  atEveryPosition(vector: Value, shape: readonly number[]): Value {
    return this.broadcast(vector, shape, [shape.length - 1]);
  }

  /** A scalar everywhere. */
  everywhere(scalar: Value, shape: readonly number[]): Value {
    return shape.length === 0 ? scalar : this.broadcast(scalar, shape, []);
  }

  /** The same elements in another shape, row-major. */
  reshape(x: Value, shape: readonly number[]): Value {
    return String(x.shape) === String(shape) ? x : this.apply({ op: "reshape", shape }, x);
  }

  /** Axis `order[i]` of x becomes axis i. */
  transpose(x: Value, order: readonly number[]): Value {
    return this.apply({ op: "transpose", order }, x);
  }

  /** Indices `starts` to `ends` − 1 of every axis. */
  slice(x: Value, starts: readonly number[], ends: readonly number[]): Value {
    const whole = starts.every((start) => start === 0) && ends.every((end, axis) => end === x.shape[axis]);
    return whole ? x : this.apply({ op: "slice", starts, ends }, x);
  }

  /** Channels `start` to `end` − 1: the last axis cut. */
  channels(x: Value, [start, end]: ChannelRange): Value {
    const last = x.shape.length - 1;
    const starts = x.shape.map((_, axis) => (axis === last ? start : 0));
    return this.slice(
      x,
      starts,
      x.shape.map((length, axis) => (axis === last ? end : length)),
    );
  }

  /** One pixel of every picture, [B, H, W, F] → [B, 1, 1, F]. */
  pixel(x: Value, row: number, column: number): Value {
    const [batch, , , channels] = x.shape;
    return this.slice(x, [0, row, column, 0], [batch!, row + 1, column + 1, channels!]);
  }

  /** Zeros around the array, so many before and after every axis. */
  pad(x: Value, before: readonly number[], after: readonly number[]): Value {
    return this.apply({ op: "pad", before, after }, x);
  }

  /** Arrays one after another along an axis. */
  concatenate(parts: readonly Value[], axis: number): Value {
    return parts.length === 1 ? parts[0]! : this.apply({ op: "concatenate", axis }, ...parts);
  }

  /** Sum over some axes, which disappear; over all unless given. */
  sum(x: Value, axes: readonly number[] = x.shape.map((_, axis) => axis)): Value {
    return axes.length === 0 ? x : this.apply({ op: "reduce", kind: "sum", axes }, x);
  }

  /** The largest over some axes, which disappear. */
  maximumOver(x: Value, axes: readonly number[]): Value {
    return this.apply({ op: "reduce", kind: "maximum", axes }, x);
  }

  /** Product of two matrices, either of them transposed first. */
  product(left: Value, right: Value, { transposeLeft = false, transposeRight = false } = {}): Value {
    return this.apply({ op: "product", transposeLeft, transposeRight }, left, right);
  }

  /** Rows of a table [N, F] by index, s32 [B] → [B, F]. */
  gather(table: Value, indices: Value): Value {
    return this.apply({ op: "gather" }, table, indices);
  }

  /** y[p] = Σ_t x[p + o_t] · W_t; 0 outside the picture. (x [B,H,W,F], W [taps,F,G]) → [B,H,W,G] */
  convolution(x: Value, weight: Value, offsets: readonly TapOffset[]): Value {
    return this.apply({ op: "convolution", offsets }, x, weight);
  }

  /** tanh(a)·σ(b), a and b the halves of every channel group. [B,H,W,2F] → [B,H,W,F] */
  gate(x: Value, groups: readonly ChannelRange[]): Value {
    return this.apply({ op: "gate", groups }, x);
  }

  /** Of every position what earlier ones have, by how their keys fit its query: the primitive says how. (queries, keys, values) → [B,H,W,heads·E] */
  attention(queries: Value, keys: Value, values: Value, heads: number): Value {
    return this.apply({ op: "attention", heads }, queries, keys, values);
  }

  /** An LSTM cell with taps on itself: the primitive says how. (gates [B,H,W,4F], W [taps,F,4F]) → h, [B,H,W,F] */
  lstm(gates: Value, weight: Value, recurrence: Recurrence): Value {
    const states = this.apply({ op: "lstm", ...recurrence }, gates, weight);
    return this.channels(states, [0, states.shape[3]! / 2]);
  }

  /** The sum of what all devices have. */
  sumOverDevices(x: Value): Value {
    return this.apply({ op: "sumOverDevices" }, x);
  }
}
