/**
 * Masks, written as taps. A mask is nothing but the list of neighbours that a convolution may look at, so a masked
 * 7×7 kernel is 24 or 25 taps and there is nothing left to multiply by zero.
 *
 *     mask A, 3×3    mask B, 3×3    rows above, 3×3    rows up to, 3×3    row left A / B, 1×3
 *       1 1 1          1 1 1          1 1 1              1 1 1
 *       1 a .          1 b .          . . .              1 1 1              1 a .  /  1 b .
 *       . . .          . . .          . . .              . . .
 *
 * At the centre the picture channels have an order, R before G before B (van den Oord et al. 2016, arXiv:1601.06759,
 * section 3.4): `a` connects a group to the groups *before* it, `b` also to itself. Every other tap connects all groups.
 */
import type { GroupPair, Tap } from "./graph.ts";

/** Pairs of a centre tap that excludes (mask A) or includes (mask B) a group's own channel. */
export function centrePairs(groupCount: number, mask: "A" | "B"): GroupPair[] {
  return allPairs(groupCount).filter(([output, input]) => (mask === "A" ? input < output : input <= output));
}

/** Every output group with every input group. */
export function allPairs(groupCount: number): GroupPair[] {
  const groups = Array.from({ length: groupCount }, (_, group) => group);
  return groups.flatMap((output) => groups.map((input): GroupPair => [output, input]));
}

/** A masked square kernel: all rows above, the left part of the centre row, and the centre by mask A or B. */
export function maskedKernel(size: number, mask: "A" | "B", groupCount: number): Tap[] {
  return [...rowsAbove(size, groupCount), ...rowLeft(size, mask, groupCount)];
}

/** The rows above the centre of a size×size kernel. What starts a vertical stack. */
export function rowsAbove(size: number, groupCount: number): Tap[] {
  return rectangle(-radius(size), -1, -radius(size), radius(size), groupCount);
}

/**
 * The rows above the centre and the whole centre row. Only causal on a source that itself sees nothing but rows above:
 * what continues a vertical stack (van den Oord et al. 2016, arXiv:1606.05328, section 2.2).
 */
export function rowsUpTo(size: number, groupCount: number): Tap[] {
  return rectangle(-radius(size), 0, -radius(size), radius(size), groupCount);
}

/** The centre row, left of the centre, and the centre by mask A or B: the horizontal stack. */
export function rowLeft(size: number, mask: "A" | "B", groupCount: number): Tap[] {
  const left = rectangle(0, 0, -radius(size), -1, groupCount);
  const centre = centrePairs(groupCount, mask);
  return centre.length === 0 ? left : [...left, { dy: 0, dx: 0, pairs: centre }];
}

/** A 1×1 convolution that keeps the order of the groups (mask B). */
export function pointwise(groupCount: number): Tap[] {
  return [{ dy: 0, dx: 0, pairs: centrePairs(groupCount, "B") }];
}

/** A 1×1 convolution of every group by itself. */
export function pointwiseOwnGroup(groupCount: number): Tap[] {
  return [{ dy: 0, dx: 0, pairs: allPairs(groupCount).filter(([output, input]) => output === input) }];
}

/** A 1×1 convolution between all groups: only causal on a source that sees nothing but rows above. */
export function pointwiseAllGroups(groupCount: number): Tap[] {
  return [{ dy: 0, dx: 0, pairs: allPairs(groupCount) }];
}

function rectangle(top: number, bottom: number, left: number, right: number, groupCount: number): Tap[] {
  const pairs = allPairs(groupCount);
  const taps: Tap[] = [];
  for (let dy = top; dy <= bottom; dy++) {
    for (let dx = left; dx <= right; dx++) taps.push({ dy, dx, pairs });
  }
  return taps;
}

function radius(size: number): number {
  return (size - 1) / 2;
}
