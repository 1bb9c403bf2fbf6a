import { dimensions, type PictureShape } from "../../src/picture.ts";
import { Purpose, uniform } from "../../src/random/noise.ts";

/** Pictures of uniform levels, [count, H, W, C]. */
export function randomPictures(picture: PictureShape, count: number, seed = 1): Uint8Array {
  const size = dimensions(picture);
  return Uint8Array.from({ length: count * size }, (_, i) =>
    Math.floor(picture.levels * uniform(seed, Math.floor(i / size), i % size, Purpose.augment, 0, 1)),
  );
}
