/**
 * The random numbers of one glyph. Each has an address (seed, picture, running number inside the picture), so a picture
 * depends on nothing but its own seed and index. Shape, colours and grain count from far apart starts: a coloured
 * picture has the shape of the grey one with the same index, and a finer shape moves no colour.
 */
import { Purpose, uniform } from "../../random/noise.ts";

/** First running number of each use. Part of every glyph ever drawn: never renumber. */
export const GlyphNoiseStart = { label: 0, shape: 16, colours: 1024, grain: 2048 } as const;

/** Random numbers of one picture, taken one after another. */
export interface GlyphNoise {
  /** In [from, to), evenly. */
  between(from: number, to: number): number;
  /** Within ±spread of `centre`, the more likely the nearer (a triangle). */
  around(centre: number, spread: number): number;
  /** One of the choices, evenly. */
  pick<T>(choices: readonly [T, ...T[]]): T;
}

/** Numbers of picture `index` from running number `start` on. */
export function glyphNoise(seed: number, index: number, start: number): GlyphNoise {
  let element = start;
  const next = () => uniform(seed, index, element++, Purpose.glyph, 0, 0);
  return {
    between: (from, to) => from + (to - from) * next(),
    around: (centre, spread) => centre + spread * (next() + next() - 1),
    pick: (choices) => choices[Math.floor(next() * choices.length)]!,
  };
}
