/**
 * Channels of four gates: of every channel group its four quarters after one another, as the graph has them, and all first quarters, all second ones and so on,
 * as whoever computes them wants them.
 */
import type { ChannelRange } from "../network/graph.ts";

/**
 * Ranges of the 4F channels in the order of the gates, gate by gate and group by group; null of a single group, whose channels are in that order as they are.
 *
 * @param groups of the F channels.
 */
export function quartersByGate(groups: readonly ChannelRange[]): ChannelRange[] | null {
  const filled = groups.filter(([start, end]) => end > start);
  if (filled.length === 1) return null;
  return GATES.flatMap((gate) =>
    filled.map(([start, end]): ChannelRange => {
      const first = 4 * start + gate * (end - start);
      return [first, first + end - start];
    }),
  );
}

/** The other way: ranges of what is in the order of the gates, group by group and quarter by quarter. */
export function quartersByGroup(groups: readonly ChannelRange[]): ChannelRange[] | null {
  const filled = groups.filter(([start, end]) => end > start);
  if (filled.length === 1) return null;
  const channels = filled.at(-1)![1];
  return filled.flatMap(([start, end]) =>
    GATES.map((gate): ChannelRange => [gate * channels + start, gate * channels + end]),
  );
}

const GATES = [0, 1, 2, 3] as const;
