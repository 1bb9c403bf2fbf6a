import { dimensions, type LevelArray, levelArray, type PictureShape } from "../../src/picture.ts";
import { Purpose, uniform } from "../../src/random/noise.ts";

/** Pictures of uniform levels, [count, H, W, C], of at most 256 levels. */
export function randomPictures(picture: PictureShape, count: number, seed = 1): Uint8Array {
  return Uint8Array.from(randomLevels(picture, count, seed));
}

/** The same of any number of levels. */
export function randomLevels(picture: PictureShape, count: number, seed = 1): LevelArray {
  const size = dimensions(picture);
  const levels = levelArray(picture.levels, count * size);
  for (let i = 0; i < levels.length; i++) {
    const u = uniform(seed, Math.floor(i / size), i % size, Purpose.augment, 0, 1);
    levels[i] = Math.floor(picture.levels * u);
  }
  return levels;
}
