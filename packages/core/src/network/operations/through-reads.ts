/**
 * Operations that make a position from what lies at fixed offsets of their inputs. From the list of these follows what they see,
 *
 *     sees(node, g) = ∪ over reads r and groups i of r that g reads:  sees(input of r, i) + (dy_r, dx_r)
 */
import type { PictureShape } from "../../picture.ts";
import type { NetworkNode } from "../graph.ts";
import type { Offset, ShiftedSet } from "../offsets.ts";
import type { OperationRules, Read, Sources, Step } from "../operation.ts";

/** A position that is read, and by which channel groups. */
export interface GroupedRead extends Read {
  /** Channel groups of the input that a channel group of the node reads there. */
  groups(group: number): readonly number[];
}

type Seen = Pick<OperationRules<NetworkNode>, "sees" | "wayTo" | "reads">;

/** The rules that follow from what a node reads. */
export function throughReads<N extends NetworkNode>(
  readsOf: (node: N) => readonly GroupedRead[],
): Pick<OperationRules<N>, keyof Seen> {
  return {
    reads: (node: N, _: PictureShape) => readsOf(node),
    sees(node: N, group: number, { sees }: Sources) {
      const parts: ShiftedSet[] = [];
      for (const { input, dy, dx, groups } of readsOf(node)) {
        const sets = new Set(groups(group).map((source) => sees[input]![source]!));
        for (const set of sets) parts.push({ set, dy, dx });
      }
      return parts;
    },
    wayTo(node: N, group: number, offset: Offset, { sees }): Step | null {
      for (const { input, dy, dx, called, groups } of readsOf(node)) {
        const before = { dy: offset.dy - dy, dx: offset.dx - dx, channel: offset.channel };
        for (const source of groups(group)) {
          if (sees[input]![source]!.has(before)) return { input, group: source, offset: before, called };
        }
      }
      return null;
    },
  };
}

/** Operations that make a channel group of a position from that group of their inputs at that position. */
export const inPlace = {
  ...throughReads<NetworkNode>(({ inputs }) =>
    inputs.map((_, input) => ({ input, dy: 0, dx: 0, called: null, groups: (group) => [group] })),
  ),
  work: () => 0,
};
