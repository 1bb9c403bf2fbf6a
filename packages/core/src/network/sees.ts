/**
 * What every channel group of every node *sees*: the set of picture values it depends on, composed tap by tap.
 *
 *     sees(input, g)       = { (0, 0, g) }
 *     sees(convolution, g) = ∪ over taps t and pairs (g, i) of t:  sees(source, i) + dilation·(dy_t, dx_t)
 *     sees(anything else, g) = ∪ over inputs:  sees(input, g)
 *
 * The last line is why gate, concat and split act group by group. Everything else is derived from these sets: causality,
 * the schedule, the receptive field with its blind spot.
 */
import type { Network, NetworkNode } from "./graph.ts";
import { rangeSize } from "./groups.ts";
import { OffsetSet, type ShiftedSet } from "./offsets.ts";
import { oncePer } from "./once-per.ts";
import { WorkBudget } from "./work-budget.ts";

/** For every node name, one set per channel group. */
export type Sees = ReadonlyMap<string, readonly OffsetSet[]>;

/**
 * Computed once per network.
 *
 * @throws {NetworkError} when the graph asks for more work than the budget has.
 */
export const seesOf = oncePer((network: Network): Sees => {
  const budget = new WorkBudget(network);
  const sees = new Map<string, readonly OffsetSet[]>();
  for (const node of network.nodes) sees.set(node.name, nodeSees(node, network, sees, budget));
  return sees;
});

function nodeSees(node: NetworkNode, { picture }: Network, sees: Sees, budget: WorkBudget): OffsetSet[] {
  if (node.op === "input") return node.groups.map((_, group) => OffsetSet.own(picture, group));
  /** What groups before see, and what it is made of: most see what the first of them sees, and it is computed once. */
  const known: { readonly parts: readonly ShiftedSet[]; readonly set: OffsetSet }[] = [];
  return node.groups.map((range, group) => {
    if (rangeSize(range) === 0) return OffsetSet.empty(picture);
    const parts = partsOf(node, group, sees);
    const same = known.find((other) => sameParts(other.parts, parts));
    if (same !== undefined) return same.set;
    const set = OffsetSet.union(picture, parts, budget);
    known.push({ parts, set });
    return set;
  });
}

/** What a group sees through its taps or in its inputs; a set that several channel groups share is named once. */
function partsOf(node: NetworkNode, group: number, sees: Sees): ShiftedSet[] {
  if (node.op !== "convolution") {
    const read = node.inputs.map((input) => sees.get(input)![group]!);
    return [...new Set(read)].map((set) => ({ set, dy: 0, dx: 0 }));
  }
  const source = sees.get(node.inputs[0]!)!;
  return node.taps.flatMap(({ dy, dx, pairs }) => {
    const read = pairs.filter(([output]) => output === group).map(([, input]) => source[input]!);
    return [...new Set(read)].map((set) => ({ set, dy: dy * node.dilation, dx: dx * node.dilation }));
  });
}

function sameParts(a: readonly ShiftedSet[], b: readonly ShiftedSet[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ set, dy, dx }, i) => set === b[i]!.set && dy === b[i]!.dy && dx === b[i]!.dx)
  );
}
