import type { LevelArray, PictureShape } from "@pixelcnn/core";

/** Levels as bytes, copied: what the gallery keeps, sends and paints. */
export function bytesOfLevels(levels: LevelArray): Uint8Array<ArrayBuffer> {
  if (levels instanceof Uint8Array) return levels.slice() as Uint8Array<ArrayBuffer>;
  throw new RangeError("expected a model of at most 256 levels, got one of 16 bits; draw it in a terminal");
}

/** @throws {RangeError} for a model whose levels are no bytes, before anything is drawn. */
export function checkBytes({ levels }: PictureShape): void {
  if (levels <= 256) return;
  throw new RangeError(
    `expected a model of at most 256 levels, got one of ${levels.toLocaleString("en")}; draw it in a terminal`,
  );
}
