import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concatGroups, rangeSize, scaleGroups, splitChannels } from "../../src/network/groups.ts";

describe("splitChannels", () => {
  it.each([
    [32, 3, [11, 11, 10]],
    [64, 3, [22, 21, 21]],
    [3, 3, [1, 1, 1]],
    [2, 3, [1, 1, 0]],
    [1, 3, [1, 0, 0]],
    [5, 1, [5]],
  ])("gives %i channels in %i groups the sizes %j", (channels, groups, sizes) => {
    expect(splitChannels(channels, groups).map(rangeSize)).toEqual(sizes);
  });

  it("covers all channels without gaps, sizes differ by at most one, earlier groups are larger", () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: 1, max: 5 }), (channels, groups) => {
        const ranges = splitChannels(channels, groups);
        const sizes = ranges.map(rangeSize);
        expect(ranges).toHaveLength(groups);
        expect([0, ...ranges.map(([, end]) => end)]).toEqual([...ranges.map(([start]) => start), channels]);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
      }),
    );
  });
});

describe("groups of derived nodes", () => {
  it("are scaled one by one", () => {
    expect(scaleGroups(splitChannels(7, 3), 2)).toEqual([
      [0, 6],
      [6, 10],
      [10, 14],
    ]);
  });

  it("are concatenated group by group", () => {
    expect(concatGroups([splitChannels(4, 3), splitChannels(3, 3)])).toEqual([
      [0, 3],
      [3, 5],
      [5, 7],
    ]);
  });
});
