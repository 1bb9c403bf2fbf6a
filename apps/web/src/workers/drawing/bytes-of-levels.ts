import type { LevelArray } from "@pixelcnn/core";

/** Levels as bytes, copied: what the gallery keeps, sends and paints. */
export function bytesOfLevels(levels: LevelArray): Uint8Array<ArrayBuffer> {
  if (levels instanceof Uint8Array) return levels.slice() as Uint8Array<ArrayBuffer>;
  throw new RangeError("expected a model of at most 256 levels, got one of 16 bits; draw it in a terminal");
}
