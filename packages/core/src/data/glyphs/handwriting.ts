/**
 * One digit as one hand might write it once. A hand has habits for the whole digit (slant, turn, proportions, a bow, a
 * high or low waist), and no knot lands exactly where it was meant to.
 *
 *     knot → jitter → bow and waist → proportions → slant → turn
 */
import type { GlyphNoise } from "./glyph-noise.ts";
import { type PenKnot, type PenPoint, penPath } from "./pen-path.ts";
import { type Knot, SKELETONS } from "./skeletons.ts";

/** How far knots stray, in heights of the digit. */
const JITTER = 0.055;
/** Beginnings and ends of strokes are the least careful. */
const END_JITTER = 0.08;
/** Pens press less where a stroke begins and ends. */
const END_WIDTH = 0.8;

/**
 * The strokes of one digit 0 ... 9, about 1 high and centred on the origin, x to the right, y down.
 *
 * @param noise decides everything that is not the digit itself.
 */
export function writeDigit(digit: number, noise: GlyphNoise): PenPoint[][] {
  const skeleton = noise.pick(SKELETONS[digit]!);
  const aspect = noise.between(0.5, 0.86);
  const slant = noise.around(0.14, 0.34);
  const bowX = noise.around(0, 0.16);
  const bowY = noise.around(0, 0.12);
  const lean = noise.around(0, 0.25);
  const waist = noise.around(0, 0.2);
  // Half-angle form of a rotation: t = tan(angle / 2) gives the sine and cosine by division alone.
  const t = noise.around(0, 0.07);
  const cosine = (1 - t * t) / (1 + t * t);
  const sine = (2 * t) / (1 + t * t);

  const placeKnot = (knot: Knot, atEnd: boolean): PenKnot => {
    const stray = atEnd ? END_JITTER : JITTER;
    const u = 2 * (knot.x + noise.around(0, stray / aspect)) - 1; // about -1 ... 1
    const v = 2 * (knot.y + noise.around(0, stray)) - 1;
    const bowedX = (u * (1 + lean * v) + bowX * (1 - v * v)) * 0.5 * aspect;
    const bowedY = (v + bowY * (1 - u * u) + waist * (1 - v * v)) * 0.5;
    const slanted = bowedX - slant * bowedY;
    return {
      x: cosine * slanted - sine * bowedY,
      y: sine * slanted + cosine * bowedY,
      width: noise.around(atEnd ? END_WIDTH : 1, 0.25),
      corner: knot.corner,
    };
  };
  return skeleton.map((stroke) =>
    penPath(stroke.map((knot, i) => placeKnot(knot, i === 0 || i === stroke.length - 1))),
  );
}
