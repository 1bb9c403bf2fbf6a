/**
 * When each node can be computed while a picture is drawn, derived from what it reads and sees.
 *
 * - A *row node* reads of its own row nothing but row nodes, so that it sees only rows above: it is computed for a whole row
 *   before the row starts. Seeing only rows above is not enough: the way there may lead through a node of which another group is
 *   not known yet. The input is no row node.
 * - A row node with taps on itself in its own row is *swept*: position by position along the row, rightwards where they lie on the left and leftwards
 *   where they lie on the right. Of no other node may taps on itself lie on the right.
 * - Any other node is computed position by position, and at one position channel group by channel group: a group whose
 *   latest sight of the same pixel is picture channel c is computed in step c + 1, after that channel is drawn; a group
 *   that sees nothing of its own pixel in step 0. Logits of channel c belong to a step of at most c.
 *
 * A graph can be causal and yet not computable in this order (it looks right and shifts back later): it is refused.
 */
import { PixelCnnError } from "../errors.ts";
import type { Network, NetworkNode } from "./graph.ts";
import type { OffsetSet } from "./offsets.ts";
import type { OwnRead, Read } from "./operation.ts";
import { rulesOf } from "./operations.ts";
import { seesOf } from "./sees.ts";

/** A causal graph that cannot be computed row by row, position by position. */
export class ScheduleError extends PixelCnnError {
  override readonly name = "ScheduleError";
  constructor(
    readonly node: string,
    reason: string,
  ) {
    super(`node "${node}" cannot be computed before the pixels it needs are drawn: ${reason}; shift the tap`);
  }
}

/** When one node is computed, and how much of it is kept. */
export interface NodeSchedule {
  readonly node: NetworkNode;
  /** `row`: a whole row at once, before the row. `position`: at every position. */
  readonly kind: "row" | "position";
  /** The way along the row in which the positions of a row node wait for one another; null where they do not, and of all other nodes. */
  readonly sweep: "rightwards" | "leftwards" | null;
  /** For each channel group, the step 0 ... C at a position in which it is computed. All 0 for row nodes. */
  readonly steps: readonly number[];
  /**
   * Rows that must be kept, the current one included: taps of consumers, or its own, still reach them. 0 when every consumer reads it
   * at the same position, so that one position is enough.
   */
  readonly rows: number;
}

/** One entry per node, in the order of the graph. */
export type Schedule = readonly NodeSchedule[];

/** @throws {ScheduleError} naming the node and what it reads that is not yet drawn. */
export function scheduleOf(network: Network): Schedule {
  const { picture } = network;
  const sees = seesOf(network);
  const reads = new Map(network.nodes.map((node) => [node, rulesOf(node).reads(node, picture)]));
  const kinds = new Map<string, NodeSchedule["kind"]>();
  const draft = network.nodes.map((node): NodeSchedule => {
    const kind = kindOf(node, reads.get(node)!, kinds);
    kinds.set(node.name, kind);
    const sweep = kind === "row" ? sweepOf(node) : null;
    return {
      node,
      kind,
      sweep,
      steps: sees.get(node.name)!.map(lastSameChannel),
      rows: kind === "row" ? 1 : 0,
    };
  });
  const rows = new Map(draft.map(({ node, rows }) => [node.name, rows]));
  for (const [source, { dy, dx }] of eachOf(reads)) {
    const needed = dy === 0 && dx === 0 ? 0 : 1 - dy;
    rows.set(source, Math.max(rows.get(source)!, Math.min(needed, picture.height)));
  }
  return draft.map((entry) => ({ ...entry, rows: rows.get(entry.node.name)! }));
}

/** @throws {ScheduleError} when it reads a position that comes later. */
function kindOf(
  node: NetworkNode,
  reads: readonly Read[],
  kinds: ReadonlyMap<string, NodeSchedule["kind"]>,
): NodeSchedule["kind"] {
  const isRow = ({ input }: Read) => kinds.get(node.inputs[input]!) === "row";
  for (const read of reads) {
    const { input, dy, dx, called } = read;
    if (dy > 0) throw new ScheduleError(node.name, `${called} reads a row below`);
    if (dy === 0 && dx > 0 && !isRow(read)) {
      const source = node.inputs[input];
      throw new ScheduleError(node.name, `${called} reads a later position of "${source}", not a row node`);
    }
  }
  const isOfRow = !rulesOf(node).atPositions && reads.filter(({ dy }) => dy === 0).every(isRow);
  const right = ownInRow(node).find(({ dx }) => dx > 0);
  if (right !== undefined && !isOfRow) {
    throw new ScheduleError(
      node.name,
      `${right.called} reads a later position, and "${node.inputs.join('", "')}" is not made of rows above alone`,
    );
  }
  return isOfRow ? "row" : "position";
}

function sweepOf(node: NetworkNode): NodeSchedule["sweep"] {
  const [own] = ownInRow(node);
  if (own === undefined) return null;
  return own.dx < 0 ? "rightwards" : "leftwards";
}

/** What a node reads of itself in its own row, all on one side. */
function ownInRow(node: NetworkNode): readonly OwnRead[] {
  return ownReads(node).filter(({ dy }) => dy === 0);
}

function ownReads(node: NetworkNode): readonly OwnRead[] {
  return rulesOf(node).readsOwn?.(node) ?? [];
}

/** What is read, and where. */
function* eachOf(
  reads: ReadonlyMap<NetworkNode, readonly Read[]>,
): Generator<[source: string, { readonly dy: number; readonly dx: number }]> {
  for (const [node, those] of reads) {
    for (const read of those) yield [node.inputs[read.input]!, read];
    for (const read of ownReads(node)) yield [node.name, read];
  }
}

/** Number of picture channels of the same pixel that must be drawn first. */
function lastSameChannel(set: OffsetSet): number {
  let channel = set.picture.channels;
  while (channel > 0 && !set.has({ dy: 0, dx: 0, channel: channel - 1 })) channel--;
  return channel;
}
