/**
 * Planes: numbers that depend on the position alone, so that a network knows what its convolutions cannot tell it. A tap outside the picture reads 0, as
 * it may inside: a plane of ones is 0 nowhere else, which tells a border from a grey. Rows and columns tell the place.
 *
 *     inside = 1      row = 2y / (H - 1) - 1      column = 2x / (W - 1) - 1
 *
 * The plane of ones is that of Salimans et al. 2017, arXiv:1701.05517 (their code, not their text); coordinates are those of Liu et al. 2018,
 * arXiv:1807.03247.
 */
import { channelCount, type Network, type Plane } from "../graph.ts";
import { type NodeOf, type OperationRules, refuse } from "../operation.ts";

/** The planes that there are. */
export const PLANES = ["inside", "row", "column"] as const satisfies readonly Plane[];

/** It sees nothing, and reads nothing: it is there before the first value. */
export const planes: OperationRules<NodeOf<"planes">> = {
  inputs: 0,
  groups: () => null,
  check(node) {
    const known = node.planes.every((plane) => PLANES.includes(plane));
    if (!known || node.planes.length === 0 || new Set(node.planes).size < node.planes.length) {
      refuse(node, `different planes among ${PLANES.join(", ")}`, JSON.stringify(node.planes));
    }
    const count = channelCount(node);
    if (count !== node.planes.length)
      refuse(node, `${node.planes.length} channels, one a plane`, String(count));
  },
  sees: () => [],
  wayTo: () => null,
  reads: () => [],
  work: () => 0,
};

/** What a plane is in a row or a column of so many: float32, rounded after the division and after the sum, as every engine does it. */
function coordinate(index: number, count: number): number {
  return Math.fround(Math.fround((2 * index) / Math.max(1, count - 1)) - 1);
}

/** What a plane is at a position of a picture. */
export function planeValue(
  plane: Plane,
  { height, width }: { readonly height: number; readonly width: number },
  y: number,
  x: number,
): number {
  switch (plane) {
    case "inside":
      return 1;
    case "row":
      return coordinate(y, height);
    case "column":
      return coordinate(x, width);
    default:
      return plane satisfies never;
  }
}

/** Whether a network reads where in its picture a position lies. */
export function tellsPosition({ nodes }: Network): boolean {
  return nodes.some((node) => node.op === "planes" && node.planes.some((plane) => plane !== "inside"));
}
