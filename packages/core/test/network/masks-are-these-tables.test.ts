import { describe, expect, it } from "vitest";
import type { Tap } from "../../src/network/graph.ts";
import {
  allPairs,
  centrePairs,
  maskedKernel,
  pointwise,
  pointwiseAllGroups,
  pointwiseOwnGroup,
  rowLeft,
  rowsAbove,
  rowsUpTo,
} from "../../src/network/taps.ts";

/** A kernel as a drawing: 1 where there is a tap, . where there is none. */
function draw(taps: readonly Tap[], size: number): string[] {
  const radius = (size - 1) / 2;
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) =>
      taps.some(({ dy, dx }) => dy === row - radius && dx === column - radius) ? "1" : ".",
    ).join(" "),
  );
}

/** Pairs as a matrix: row = group that is written, column = group that is read. */
function matrix(pairs: Tap["pairs"], groups: number): string[] {
  return Array.from({ length: groups }, (_, output) =>
    Array.from({ length: groups }, (_, input) =>
      pairs.some(([o, i]) => o === output && i === input) ? "1" : ".",
    ).join(" "),
  );
}

function centreOf(taps: readonly Tap[]): Tap | undefined {
  return taps.find(({ dy, dx }) => dy === 0 && dx === 0);
}

describe("kernels of one group", () => {
  it.each([
    ["mask A, 3×3", maskedKernel(3, "A", 1), 3, ["1 1 1", "1 . .", ". . ."]],
    ["mask B, 3×3", maskedKernel(3, "B", 1), 3, ["1 1 1", "1 1 .", ". . ."]],
    [
      "mask A, 7×7",
      maskedKernel(7, "A", 1),
      7,
      [
        "1 1 1 1 1 1 1",
        "1 1 1 1 1 1 1",
        "1 1 1 1 1 1 1",
        "1 1 1 . . . .",
        ". . . . . . .",
        ". . . . . . .",
        ". . . . . . .",
      ],
    ],
    [
      "mask B, 7×7",
      maskedKernel(7, "B", 1),
      7,
      [
        "1 1 1 1 1 1 1",
        "1 1 1 1 1 1 1",
        "1 1 1 1 1 1 1",
        "1 1 1 1 . . .",
        ". . . . . . .",
        ". . . . . . .",
        ". . . . . . .",
      ],
    ],
    ["vertical, first: rows above", rowsAbove(3, 1), 3, ["1 1 1", ". . .", ". . ."]],
    ["vertical: rows up to", rowsUpTo(3, 1), 3, ["1 1 1", "1 1 1", ". . ."]],
    ["horizontal A, 3", rowLeft(3, "A", 1), 3, [". . .", "1 . .", ". . ."]],
    ["horizontal B, 3", rowLeft(3, "B", 1), 3, [". . .", "1 1 .", ". . ."]],
    [
      "horizontal A, 7",
      rowLeft(7, "A", 1),
      7,
      [
        ". . . . . . .",
        ". . . . . . .",
        ". . . . . . .",
        "1 1 1 . . . .",
        ". . . . . . .",
        ". . . . . . .",
        ". . . . . . .",
      ],
    ],
    ["1×1", pointwise(1), 1, ["1"]],
    ["1×1 between all groups", pointwiseAllGroups(1), 1, ["1"]],
    ["1×1 of every group by itself", pointwiseOwnGroup(1), 1, ["1"]],
  ])("%s", (_, taps, size, expected) => {
    expect(draw(taps, size)).toEqual(expected);
    expect(taps).toHaveLength(expected.join("").split("1").length - 1);
  });
});

describe("the centre of three groups, R before G before B", () => {
  const full = ["1 1 1", "1 1 1", "1 1 1"];
  const before = [". . .", "1 . .", "1 1 ."];
  const upTo = ["1 . .", "1 1 .", "1 1 1"];

  it("is strictly before with mask A, up to and including with mask B", () => {
    expect(matrix(centrePairs(3, "A"), 3)).toEqual(before);
    expect(matrix(centrePairs(3, "B"), 3)).toEqual(upTo);
    expect(matrix(allPairs(3), 3)).toEqual(full);
  });

  it.each([
    ["maskedKernel A", maskedKernel(3, "A", 3), before],
    ["maskedKernel B", maskedKernel(3, "B", 3), upTo],
    ["rowLeft A", rowLeft(3, "A", 3), before],
    ["rowLeft B", rowLeft(3, "B", 3), upTo],
    ["pointwise", pointwise(3), upTo],
    ["pointwiseAllGroups", pointwiseAllGroups(3), full],
    ["pointwiseOwnGroup", pointwiseOwnGroup(3), ["1 . .", ". 1 .", ". . 1"]],
    ["rowsUpTo", rowsUpTo(3, 3), full],
  ])("of %s", (_, taps, expected) => {
    expect(matrix(centreOf(taps)!.pairs, 3)).toEqual(expected);
  });

  it("is the only tap that restricts groups", () => {
    const kernels = [maskedKernel(7, "A", 3), maskedKernel(7, "B", 3), rowsAbove(7, 3), rowLeft(7, "A", 3)];
    for (const tap of kernels.flat()) {
      if (tap.dy !== 0 || tap.dx !== 0) expect(matrix(tap.pairs, 3)).toEqual(full);
    }
  });
});
