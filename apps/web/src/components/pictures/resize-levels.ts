/** A picture for another model: as large as its pictures, in its levels. */
import type { PictureShape } from "@pixelcnn/core";
import { byteToLevel, levelToByte } from "@pixelcnn/core/data";

/** A picture and what it is a picture of. */
export interface ShapedPicture {
  readonly shape: PictureShape;
  /** [H, W, C] */
  readonly levels: Uint8Array;
}

/** The mean of the bytes that lie under each new pixel, in the other levels; the same levels where the shape is the same. */
export function resizeLevels({ shape, levels }: ShapedPicture, to: PictureShape): Uint8Array {
  const bytes = levels.map((level) => levelToByte(level, shape.levels));
  const resized = new Uint8Array(to.height * to.width * to.channels);
  for (let y = 0; y < to.height; y++) {
    const [top, bottom] = under(y, to.height, shape.height);
    for (let x = 0; x < to.width; x++) {
      const [left, right] = under(x, to.width, shape.width);
      for (let c = 0; c < to.channels; c++) {
        let sum = 0;
        for (let v = top; v < bottom; v++) {
          for (let u = left; u < right; u++)
            sum += valueAt(shape, bytes, v * shape.width + u, c, to.channels);
        }
        const byte = Math.round(sum / ((bottom - top) * (right - left)));
        resized[(y * to.width + x) * to.channels + c] = byteToLevel(byte, to.levels);
      }
    }
  }
  return resized;
}

/** The old rows (or columns) that a new one lies over; at least one. */
function under(at: number, size: number, from: number): [number, number] {
  const first = Math.floor((at * from) / size);
  return [first, Math.max(first + 1, Math.floor(((at + 1) * from) / size))];
}

/** Grey becomes equal channels, channels become their mean. */
function valueAt(
  { channels }: PictureShape,
  bytes: Uint8Array,
  pixel: number,
  c: number,
  wanted: number,
): number {
  if (channels === wanted) return bytes[pixel * channels + c]!;
  if (channels === 1) return bytes[pixel]!;
  return (bytes[pixel * 3]! + bytes[pixel * 3 + 1]! + bytes[pixel * 3 + 2]!) / 3;
}

export function isSameShape(a: PictureShape, b: PictureShape): boolean {
  return a.height === b.height && a.width === b.width && a.channels === b.channels && a.levels === b.levels;
}
