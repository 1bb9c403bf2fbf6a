/**
 * What a plan is made of: buffers for activations, and the few, large operations that kernels and shaders know.
 */
import type { Plane } from "../network/graph.ts";
import type { NodeSchedule } from "../network/schedule.ts";
import type { Window } from "./windows.ts";

/** Where activations live, or constants that stand in for them. */
export interface Buffer {
  /** F */
  readonly channels: number;
  /** Rows kept, in a ring; 0 when one position is enough. */
  rows: number;
  /** Columns of zeros that taps reach before and after a row. */
  left: number;
  right: number;
  /** Do operations that take a whole row at once read or write it? */
  inRows: boolean;
  /** The same at every position; absent where activations live. */
  readonly constant?: ConstantSource;
}

/** An array of a model that stands in for activations: [F], or [classes, F], a row for each label. */
export interface ConstantSource {
  /** By position. */
  readonly instruction: number;
  readonly part: "scale" | "bias";
  readonly perClass: boolean;
}

/** Channels from `channel` on in a buffer (by position in {@link Plan.buffers}). */
export interface Slot {
  readonly buffer: number;
  readonly channel: number;
}

/** A walk along a row, position after position, of all operations of one node. */
export interface Sweep {
  readonly direction: NonNullable<NodeSchedule["sweep"]>;
}

export interface OperationBase {
  readonly kind: NodeSchedule["kind"];
  /** Of a row: the sweep that it is a part of, shared by all its parts. Null where the whole row is computed at once, and at positions. */
  readonly sweep: Sweep | null;
  /** Picture channels of the position that must be known; 0 for rows. */
  readonly step: number;
  readonly target: Slot;
  readonly channels: number;
}

/** `concatElu` makes two of every channel: elu(x), and, after those of all channels, elu(-x). */
export type Activation = "none" | "relu" | "elu" | "concatElu";

/** `channels` are those before the activation. */
export interface Sum extends OperationBase {
  readonly op: "sum";
  /** Output channel of its convolutions that its first channel is. */
  readonly first: number;
  readonly windows: readonly Window[];
  /** Biases that are added to every position: those of which instructions, from which channel on. */
  readonly biases: readonly { readonly instruction: number; readonly channel: number }[];
  readonly addends: readonly Slot[];
  readonly activation: Activation;
}

/** Channels of its target that a sum writes. */
export function channelsWritten({ channels, activation }: Sum): number {
  return activation === "concatElu" ? 2 * channels : channels;
}

/** tanh(a)·σ(b), or a·σ(b) */
export interface Gate extends OperationBase {
  readonly op: "gate" | "glu";
  readonly operands: readonly [a: Slot, b: Slot];
}

/**
 * A cell of an LSTM, of one channel group:
 *
 *     c = c'·σ(f) + tanh(c~)·σ(i)      c' the state at (dy, dx) from here      h = tanh(c)·σ(o)
 *
 * The target is h; what the gates add up is a sum of its own.
 */
export interface Cell extends OperationBase {
  readonly op: "cell";
  /** Four quarters after each other, each as wide as the target: o, f, i, c~. */
  readonly operands: readonly [gates: Slot];
  /** Where c is kept: read at (dy, dx), written here. No rows are kept above the one that is read, so that all above the picture is 0. */
  readonly state: Slot;
  readonly dy: number;
  readonly dx: number;
}

/** x·scale + bias */
export interface Affine extends OperationBase {
  readonly op: "affine";
  readonly operands: readonly [x: Slot, scale: Slot, bias: Slot];
}

/** Numbers of the place alone, a channel for each plane; computed for a whole row. */
export interface Planes extends OperationBase {
  readonly op: "planes";
  readonly planes: readonly Plane[];
  readonly operands: readonly [];
}

/** Heads after heads, of one channel group; computed at positions alone. `channels` are those of all its heads' values. */
export interface Attention extends OperationBase {
  readonly op: "attention";
  /** Name of its node. */
  readonly node: string;
  readonly heads: number;
  /** D and E: channels of a head's keys and values. */
  readonly keySize: number;
  readonly valueSize: number;
  /** Queries of the position, and keys and values of every position before it. */
  readonly operands: readonly [queries: Slot, keys: Slot, values: Slot];
}

export type Operation = Sum | Gate | Cell | Affine | Planes | Attention;

/**
 * A row of a table that is written wherever a value is drawn, beside its encoded level: no operation, since what it reads is the level itself. The
 * columns of its table are the channels of its buffer.
 */
export interface Lookup {
  /** Picture channel whose level names the row. */
  readonly channel: number;
  readonly target: Slot;
  readonly channels: number;
  /** By position: the embedding whose table it is. */
  readonly instruction: number;
}

export interface Plan {
  /** The first is the input. */
  readonly buffers: readonly Buffer[];
  readonly lookups: readonly Lookup[];
  /** In the order of the graph. */
  readonly operations: readonly Operation[];
  /** Buffer of the logits. */
  readonly output: number;
}
