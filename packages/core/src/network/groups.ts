/** Channel groups: which channels of a node belong to R, which to G, which to B. */
import type { ChannelRange } from "./graph.ts";

/**
 * Splits `channels` into `groupCount` neighbouring ranges as equal as possible, earlier groups larger:
 * 32 in 3 is [0, 11], [11, 22], [22, 32].
 */
export function splitChannels(channels: number, groupCount: number): ChannelRange[] {
  const ranges: ChannelRange[] = [];
  let start = 0;
  for (let group = 0; group < groupCount; group++) {
    const size = Math.floor(channels / groupCount) + (group < channels % groupCount ? 1 : 0);
    ranges.push([start, start + size]);
    start += size;
  }
  return ranges;
}

/** All channels in the first group: they may know nothing of their own pixel, and every group may read them. */
export function firstGroupOnly(channels: number, groupCount: number): ChannelRange[] {
  return Array.from({ length: groupCount }, (_, group) => [group === 0 ? 0 : channels, channels]);
}

/** The same groups, each `factor` times as large (a gate needs twice the channels it gives, group by group). */
export function scaleGroups(groups: readonly ChannelRange[], factor: number): ChannelRange[] {
  return groups.map(([start, end]) => [start * factor, end * factor]);
}

/** Group g of the result holds group g of every input, one input after the other. */
export function concatGroups(inputs: readonly (readonly ChannelRange[])[]): ChannelRange[] {
  let start = 0;
  return (inputs[0] ?? []).map((_, group) => {
    const size = inputs.reduce((sum, groups) => sum + rangeSize(groups[group]!), 0);
    const range: ChannelRange = [start, start + size];
    start += size;
    return range;
  });
}

export function rangeSize([start, end]: ChannelRange): number {
  return end - start;
}

export function sameGroups(a: readonly ChannelRange[], b: readonly ChannelRange[]): boolean {
  return a.length === b.length && a.every(([start, end], g) => start === b[g]![0] && end === b[g]![1]);
}
