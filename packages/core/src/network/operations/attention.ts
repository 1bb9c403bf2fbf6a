/**
 * What a position sees by attention: what its query sees at the position itself, and what keys and values see from every position before it,
 *
 *     sees(attention, g) = sees(queries, g) ∪ ∪ over earlier offsets (dy, dx), groups i:  (sees(keys, i) ∪ sees(values, i)) + (dy, dx)
 *
 * Earlier are all rows above and what is left of the position. Their union is made by doubling: of n shifts together by log n unions. Where keys
 * or values see their own pixel, as the picture does, that is everything before the position.
 */

import type { PictureShape } from "../../picture.ts";
import { type AttentionNode, channelCount, type NetworkNode } from "../graph.ts";
import { rangeSize } from "../groups.ts";
import { OffsetSet, type ShiftedSet } from "../offsets.ts";
import { type NodeOf, type OperationRules, type Read, refuse } from "../operation.ts";
import type { WorkBudget } from "../work-budget.ts";

/** Inputs by their place. */
const [QUERIES, KEYS, VALUES] = [0, 1, 2] as const;

export const attention: OperationRules<NodeOf<"attention">> = {
  inputs: 3,
  // What its queries are, in the channels of its values.
  groups: ([queries, , values]) =>
    queries!.groups.map(([start, end]) => {
      const [from, to] = [channelCount(queries!), channelCount(values!)];
      return [(start * to) / from, (end * to) / from];
    }),
  check,
  sees(_, group, { sees, picture, budget }) {
    const own: ShiftedSet = { set: sees[QUERIES]![group]!, dy: 0, dx: 0 };
    const kept = [...new Set([...sees[KEYS]!, ...sees[VALUES]!])].map((set) => ({ set, dy: 0, dx: 0 }));
    const before = seenBefore(OffsetSet.union(picture, kept, budget), picture, budget);
    return [own, ...before.map((set) => ({ set, dy: 0, dx: 0 }))];
  },
  wayTo({ groups }, group, offset, { sees, picture }) {
    if (rangeSize(groups[group]!) === 0) return null;
    if (sees[QUERIES]![group]!.has(offset)) return { input: QUERIES, group, offset, called: "query" };
    for (const input of [KEYS, VALUES]) {
      for (const { dy, dx } of earlier(picture)) {
        const before = { dy: offset.dy - dy, dx: offset.dx - dx, channel: offset.channel };
        const source = sees[input]!.findIndex((set) => set.has(before));
        if (source >= 0) return { input, group: source, offset: before, called: calls[input] };
      }
    }
    return null;
  },
  /** Of every row the last position: which rows are kept, and that the position itself is not read. */
  reads: (_, picture) => [
    { input: QUERIES, dy: 0, dx: 0, called: "query" },
    ...[KEYS, VALUES].flatMap((input) => lastOfRows(picture, input)),
  ],
  atPositions: true,
  /** A product with every earlier key and every earlier value. */
  work(_, [queries, , values], { height, width }) {
    const positions = height * width;
    return ((positions * (positions - 1)) / 2) * (channelCount(queries!) + channelCount(values!));
  },
};

const calls = ["query", "earlier keys", "earlier values"] as const;

function check(node: AttentionNode, inputs: readonly NetworkNode[]): void {
  const { heads } = node;
  const [queries, keys, values] = inputs.map(channelCount) as [number, number, number];
  if (queries !== keys) {
    refuse(node, "as many channels of keys as of queries", `${keys} and ${queries}`);
  }
  if (!Number.isInteger(heads) || heads < 1 || queries % heads !== 0 || values % heads !== 0) {
    refuse(node, `a number of heads that divides ${queries} and ${values} channels`, String(heads));
  }
  const size = queries / heads;
  const { groups } = inputs[QUERIES]!;
  if (groups.some(([, end]) => end % size !== 0)) {
    refuse(node, `whole heads of ${size} queries in every group`, JSON.stringify(groups));
  }
}

function lastOfRows({ height, width }: PictureShape, input: number): Read[] {
  const rows: Read[] = [];
  for (let dy = 1 - height; dy < 0; dy++) rows.push({ input, dy, dx: width - 1, called: calls[input]! });
  return [...rows, { input, dy: 0, dx: -1, called: calls[input]! }];
}

/** Every offset of an earlier position that there is in a picture. */
function* earlier({ height, width }: PictureShape): Generator<{ readonly dy: number; readonly dx: number }> {
  for (let dy = 0; dy > -height; dy--) {
    for (let dx = width - 1; dx > -width; dx--) if (dy < 0 || dx < 0) yield { dy, dx };
  }
}

/** What is seen from all earlier positions, as sets: left in the row, and rows above from side to side. */
function seenBefore(set: OffsetSet, picture: PictureShape, budget: WorkBudget): OffsetSet[] {
  const join = (...parts: ShiftedSet[]) => OffsetSet.union(picture, parts, budget);
  /** The set moved by 1 … count steps. */
  const moved = (set: OffsetSet, dy: number, dx: number, count: number): OffsetSet => {
    if (count === 0) return OffsetSet.empty(picture);
    let all = join({ set, dy, dx });
    for (let steps = 1; steps < count; ) {
      const more = Math.min(steps, count - steps);
      all = join({ set: all, dy: 0, dx: 0 }, { set: all, dy: more * dy, dx: more * dx });
      steps += more;
    }
    return all;
  };
  const { height, width } = picture;
  const above = moved(set, -1, 0, height - 1);
  return [moved(set, 0, -1, width - 1), above, moved(above, 0, -1, width - 1), moved(above, 0, 1, width - 1)];
}
