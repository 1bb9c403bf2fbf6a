/** Files in rooms, and what that makes of imports: a graph whose nodes are rooms. */
import type { FileImport } from "./read-imports.ts";

/** Names of rooms that a room imports. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** The graph of rooms. Files of no room (null) are left out, and so is what a room imports of itself. */
export function graphOf(imports: readonly FileImport[], roomOf: (file: string) => string | null): Graph {
  const graph = new Map<string, Set<string>>();
  for (const file of new Set(imports.flatMap(({ from, to }) => [from, to]))) {
    const room = roomOf(file);
    if (room !== null && !graph.has(room)) graph.set(room, new Set());
  }
  for (const { from, to } of imports) {
    const [source, target] = [roomOf(from), roomOf(to)];
    if (source !== null && target !== null && source !== target) graph.get(source)!.add(target);
  }
  return graph;
}

/** Some way from a node back to itself, its first node again at the end; null when there is none. */
export function circleIn(graph: Graph): string[] | null {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): string[] | null => {
    const start = path.indexOf(node);
    if (start >= 0) return [...path.slice(start), node];
    if (done.has(node)) return null;
    path.push(node);
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next);
      if (circle !== null) return circle;
    }
    path.pop();
    done.add(node);
    return null;
  };
  for (const node of graph.keys()) {
    const circle = visit(node);
    if (circle !== null) return circle;
  }
  return null;
}

/** The graph without arrows that follow from others. Call it with a graph that has no circle. */
export function reduced(graph: Graph): Graph {
  const reachable = new Map<string, Set<string>>();
  const reach = (node: string): Set<string> => {
    let known = reachable.get(node);
    if (known === undefined) {
      known = new Set();
      for (const next of graph.get(node) ?? []) for (const far of [next, ...reach(next)]) known.add(far);
      reachable.set(node, known);
    }
    return known;
  };
  return new Map(
    [...graph].map(([node, targets]) => [
      node,
      new Set([...targets].filter((target) => ![...targets].some((other) => reach(other).has(target)))),
    ]),
  );
}

/** The floor of every node: 0 where it imports nothing, else one above the highest that it imports. */
export function floorsOf(graph: Graph): Map<string, number> {
  const floors = new Map<string, number>();
  const floorOf = (node: string): number => {
    const known = floors.get(node);
    if (known !== undefined) return known;
    const floor = Math.max(-1, ...[...(graph.get(node) ?? [])].map(floorOf)) + 1;
    floors.set(node, floor);
    return floor;
  };
  for (const node of graph.keys()) floorOf(node);
  return floors;
}
