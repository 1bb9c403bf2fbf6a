/**
 * What an operation states of its nodes, in one file of operations/ each: what may stand in a graph, what a node sees, where it looks
 * while a picture is drawn, and how much arithmetic it is. The passes over a graph (structure, sees, causality, schedule, work) ask, and know
 * no operation. What an operation computes is said where it is computed: computation/, lowering/ and samplers/.
 */
import { NetworkError } from "../errors.ts";
import type { PictureShape } from "../picture.ts";
import { type ChannelRange, channelCount, type Network, type NetworkNode } from "./graph.ts";
import type { Offset, OffsetSet, ShiftedSet } from "./offsets.ts";
import type { WorkBudget } from "./work-budget.ts";

/** An array of numbers that a node stores under a name. */
export interface StoredArray {
  readonly name: string;
  readonly shape: readonly number[];
  /** False for the running statistics of batch norm. */
  readonly trainable: boolean;
  /** What it does in its node, for initialisation. */
  readonly role: "weight" | "table" | "bias" | "scale" | "mean" | "variance";
  /** Which entries its node's masks allow to be other than 0, 1 or 0; null for all. Worked out when asked: it is as large as the array. */
  readonly allowed?: () => Uint8Array | null;
}

/** The node of an operation. */
export type NodeOf<Op extends NetworkNode["op"]> = NetworkNode & { readonly op: Op };

/** A position of an input that a node reads, relative to its own; dilation included. */
export interface Read {
  /** Which of the node's inputs. */
  readonly input: number;
  readonly dy: number;
  readonly dx: number;
  /** What messages call it, "tap (-1, 0)"; null for the position itself. */
  readonly called: string | null;
}

/** A position of its own result that a node reads: an earlier one, by rows or on one side of the row. */
export interface OwnRead {
  readonly dy: number;
  readonly dx: number;
  /** As in {@link Read}. */
  readonly called: string;
  /** Channel groups that a channel group reads there. */
  groups(group: number): readonly number[];
}

/** What a node's inputs see, and what it costs to join it. */
export interface Sources {
  /** By input: one set per channel group. */
  readonly sees: readonly (readonly OffsetSet[])[];
  readonly picture: PictureShape;
  readonly budget: WorkBudget;
}

/** One step of a way from a node back to the picture. */
export interface Step {
  /** Which of the node's inputs, null for the node itself, and which of its channel groups. */
  readonly input: number | null;
  readonly group: number;
  /** What is looked for from there. */
  readonly offset: Offset;
  /** As in {@link Read}. */
  readonly called: string | null;
}

/** The rules of one operation. */
export interface OperationRules<N extends NetworkNode> {
  readonly inputs: 0 | 1 | 3 | "several";
  /** Channel groups of the result; null where the node itself says. */
  groups(inputs: readonly NetworkNode[], network: Network): readonly ChannelRange[] | null;
  /** The arrays that it stores; none when left out. Called with a node that keeps all other rules. */
  stores?(node: N, inputs: readonly NetworkNode[], network: Network): StoredArray[];
  /** @throws {NetworkError} by {@link refuse} when the node breaks a rule that only this operation has. */
  check?(node: N, inputs: readonly NetworkNode[], network: Network): void;
  /** Sets that make up what a channel group sees. One that costs more than a look at every part of the node is paid for by the budget. */
  sees(node: N, group: number, sources: Sources): readonly ShiftedSet[];
  /** A step of a way by which a channel group sees `offset`; null where no input sees it: the way ends, in the picture, or goes through what the node reads of itself. */
  wayTo(node: N, group: number, offset: Offset, sources: Omit<Sources, "budget">): Step | null;
  /** What is read while a picture is drawn, or as much of it as decides which rows are kept and when: the farthest of every row. */
  reads(node: N, picture: PictureShape): readonly Read[];
  /**
   * What is read of the node itself, at other positions; nothing when left out. What it sees is then the least that has what its inputs see, and at these
   * positions itself. Called with a node that keeps all rules.
   */
  readsOwn?(node: N): readonly OwnRead[];
  /** Is it made position by position even where all that it reads of its row is there before? The picture is, which is there value by value. */
  readonly atPositions?: true;
  /**
   * Multiply-adds for one picture that cannot be left out. A few operations per value of the result are none: they are a thousandth of a
   * network, and speeds are given without them.
   */
  work(node: N, inputs: readonly NetworkNode[], picture: PictureShape): number;
}

/** @throws {NetworkError} always: the node, what was expected of it, and what it is. */
export function refuse(node: NetworkNode, expected: string, got: string): never {
  throw new NetworkError(`node "${node.name}" (${node.op}): expected ${expected}, got ${got}`);
}

/** An array of one number per channel. */
export function vector(
  node: NetworkNode,
  name: string,
  role: StoredArray["role"],
  trainable = true,
): StoredArray {
  return { name, shape: [channelCount(node)], trainable, role };
}
