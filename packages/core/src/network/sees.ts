/**
 * What every channel group of every node *sees*: the set of picture values it depends on, composed node by node. Each operation says of what its
 * part is made (operations/): a convolution of what lies at its taps,
 *
 *     sees(convolution, g) = ∪ over taps t and pairs (g, i) of t:  sees(source, i) + dilation·(dy_t, dx_t)
 *
 * the input of itself, { (0, 0, g) }, and what works on every position by itself of what its inputs see there, group by group. What a node with taps on
 * itself sees is the least that contains this and, moved by those taps, itself. Everything else is derived from these sets: causality, the schedule, the
 * receptive field with its blind spot.
 */
import type { Network, NetworkNode } from "./graph.ts";
import { rangeSize } from "./groups.ts";
import { type Move, OffsetSet, type ShiftedSet } from "./offsets.ts";
import { oncePer } from "./once-per.ts";
import { rulesOf } from "./operations.ts";
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
  const sources = { sees: sourcesOf(node, sees), picture, budget };
  const rules = rulesOf(node);
  /** What groups before see, and what it is made of: most see what the first of them sees, and it is computed once. */
  const known: { readonly parts: readonly ShiftedSet[]; readonly set: OffsetSet }[] = [];
  const sets = node.groups.map((range, group) => {
    if (rangeSize(range) === 0) return OffsetSet.empty(picture);
    const parts = withoutRepeats(rules.sees(node, group, sources));
    const same = known.find((other) => sameParts(other.parts, parts));
    if (same !== undefined) return same.set;
    const set = OffsetSet.union(picture, parts, budget);
    known.push({ parts, set });
    return set;
  });
  const own = ownMoves(node);
  return own.length === 0 ? sets : OffsetSet.closure(picture, sets, own, budget);
}

/** What of a node goes on into which of its groups, from where. */
function ownMoves(node: NetworkNode): Move[] {
  const full = node.groups.flatMap((range, group) => (rangeSize(range) > 0 ? [group] : []));
  const reads = rulesOf(node).readsOwn?.(node) ?? [];
  return reads.flatMap(({ dy, dx, groups }) =>
    full.flatMap((to) => {
      const sources = groups(to).filter((from) => full.includes(from));
      return sources.map((from) => ({ from, to, dy, dx }));
    }),
  );
}

/** What the inputs of a node see, in their order. */
export function sourcesOf(node: NetworkNode, sees: Sees): (readonly OffsetSet[])[] {
  return node.inputs.map((input) => sees.get(input)!);
}

/** A set that several inputs share is joined once. */
function withoutRepeats(parts: readonly ShiftedSet[]): readonly ShiftedSet[] {
  const shifts = new Map<OffsetSet, Set<string>>();
  return parts.filter(({ set, dy, dx }) => {
    const known = shifts.get(set) ?? new Set();
    const shift = `${dy}, ${dx}`;
    if (known.has(shift)) return false;
    shifts.set(set, known.add(shift));
    return true;
  });
}

function sameParts(a: readonly ShiftedSet[], b: readonly ShiftedSet[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ set, dy, dx }, i) => set === b[i]!.set && dy === b[i]!.dy && dx === b[i]!.dx)
  );
}
