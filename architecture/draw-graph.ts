import { floorsOf, type Graph, reduced } from "./rooms.ts";

/** A graph as Mermaid text: rooms of one floor in one row, the highest at the top, arrows downwards. */
export function drawGraph(graph: Graph): string {
  const floors = floorsOf(graph);
  const names = [...graph.keys()].sort();
  const lines = ["```mermaid", "flowchart TD"];
  for (let floor = Math.max(...floors.values()); floor >= 0; floor--) {
    lines.push(`  subgraph floor${floor}[" "]`, "    direction LR");
    for (const name of names) if (floors.get(name) === floor) lines.push(`    ${idOf(name)}["${name}"]`);
    lines.push("  end");
  }
  const arrows = reduced(graph);
  for (const name of names) {
    for (const target of [...arrows.get(name)!].sort()) lines.push(`  ${idOf(name)} --> ${idOf(target)}`);
  }
  return [...lines, "```"].join("\n");
}

/** Mermaid has words of its own, "graph" among them. */
function idOf(name: string): string {
  return `r_${name.replaceAll(/\W/g, "_")}`;
}
