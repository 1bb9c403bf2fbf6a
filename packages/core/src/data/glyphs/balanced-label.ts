/**
 * Labels that stay balanced in every subset. Each ten pictures in a row have the ten digits once, in an order of their
 * own; index modulo 10 would give every tenth picture, a common way to thin a set, the same digit.
 */
import { Purpose, uniform } from "../../random/noise.ts";
import { GlyphNoiseStart } from "./glyph-noise.ts";

const DIGITS = 10;

/** The digit of picture `index`: its place in a shuffled block of ten. */
export function balancedLabel(seed: number, index: number): number {
  const place = index % DIGITS;
  const block = index - place;
  const digits = Array.from({ length: DIGITS }, (_, digit) => digit);
  // Fisher-Yates from the front: after step i, digits[i] is final.
  for (let i = 0; i <= place; i++) {
    const u = uniform(seed, block, GlyphNoiseStart.label + i, Purpose.glyph, 0, 0);
    const chosen = i + Math.floor(u * (DIGITS - i));
    [digits[i], digits[chosen]] = [digits[chosen]!, digits[i]!];
  }
  return digits[place]!;
}
