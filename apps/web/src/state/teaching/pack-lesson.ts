/**
 * Drawings, seed and settings as the letters of a link, some hundred of them.
 *
 *     settings: 1 byte (bits: move, turn, scale, slower, from glyphs); seed: 4 bytes; then for each cell its number of strokes, and for
 *     each stroke its number of points and two bytes a point
 */
import type { Drawing } from "../../workers/teaching/drawing.ts";
import { CELLS } from "../../workers/teaching/lesson.ts";
import type { LinkedLesson } from "./teaching-store.ts";

/** A longer one is cut by browsers and chat apps. */
const MAX_CHARACTERS = 6000;
const SEED_BYTES = 4;

/** @returns base64url; null when there is too much for a link. */
export function packLesson({ drawings, varied, start, slower, seed }: LinkedLesson): string | null {
  const flags = [varied.shift, varied.turn, varied.scale, slower, start === "glyphs"];
  const bytes = [
    flags.reduce((sum, flag, bit) => sum + (flag ? 1 << bit : 0), 0),
    ...Array.from({ length: SEED_BYTES }, (_, i) => Math.floor(seed / 256 ** i) % 256),
  ];
  for (const drawing of drawings) {
    bytes.push(drawing.length);
    for (const stroke of drawing) bytes.push(stroke.length / 2, ...stroke);
  }
  const isLong = drawings.some(
    (drawing) => drawing.length > 255 || drawing.some(({ length }) => length > 510),
  );
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  if (isLong || text.length > MAX_CHARACTERS) return null;
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** What a link carried; null when it is none that could have been made here. */
export function unpackLesson(text: string): LinkedLesson | null {
  if (!/^[\w-]+$/.test(text) || text.length > MAX_CHARACTERS || text.length % 4 === 1) return null;
  const bytes = Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
    letter.charCodeAt(0),
  );
  let at = 0;
  const next = () => bytes[at++] ?? Number.NaN;
  const flags = next();
  const seed = Array.from({ length: SEED_BYTES }, next).reduce((sum, byte, i) => sum + byte * 256 ** i, 0);
  const drawings: Drawing[] = [];
  for (let cell = 0; cell < CELLS; cell++) {
    const strokes = next();
    if (Number.isNaN(strokes)) return null;
    drawings.push(
      Array.from({ length: strokes }, () => {
        const points = next();
        return Number.isNaN(points) ? [] : Array.from({ length: 2 * points }, next);
      }),
    );
  }
  const isWhole = at === bytes.length && drawings.flat().every((stroke) => stroke.length > 0);
  if (!isWhole || flags >= 32 || !drawings.some((drawing) => drawing.length > 0)) return null;
  const isSet = (bit: number) => (flags & (1 << bit)) !== 0;
  return {
    drawings,
    varied: { shift: isSet(0), turn: isSet(1), scale: isSet(2) },
    slower: isSet(3),
    start: isSet(4) ? "glyphs" : "nothing",
    seed,
  };
}
