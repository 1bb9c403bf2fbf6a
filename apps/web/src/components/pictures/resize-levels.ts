/** A picture for another model: as large as its pictures, in its levels. */
import type { PictureShape } from "@pixelcnn/core";
import { byteToLevel, inFrontOf, levelToByte, nearestLevel, type PaletteColour } from "@pixelcnn/core/data";

/** A picture and what it is a picture of. */
export interface ShapedPicture {
  readonly shape: PictureShape;
  /** [H, W, C] */
  readonly levels: Uint8Array;
}

/** The mean of the bytes that lie under each new pixel, in the other levels; the same levels where the shape is the same. */
export function resizeLevels(given: ShapedPicture, to: PictureShape): Uint8Array {
  if (to.palette) return resizeColours(given, to, to.palette);
  const { shape, levels } = inLight(given);
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

/** The pixel under the middle of each new one, in the nearest colour: between the colours of a palette lies none. */
function resizeColours(
  given: ShapedPicture,
  to: PictureShape,
  palette: NonNullable<PictureShape["palette"]>,
): Uint8Array {
  const { shape, levels } = given;
  const colourAt = (pixel: number): PaletteColour => {
    if (shape.palette) return shape.palette[levels[pixel]!]!;
    const byte = (c: number) =>
      levelToByte(levels[pixel * shape.channels + Math.min(c, shape.channels - 1)]!, shape.levels);
    return [byte(0), byte(1), byte(2), 255];
  };
  return Uint8Array.from({ length: to.height * to.width }, (_, i) => {
    const x = Math.floor((((i % to.width) + 0.5) * shape.width) / to.width);
    const y = Math.floor(((Math.floor(i / to.width) + 0.5) * shape.height) / to.height);
    return nearestLevel(palette, colourAt(y * shape.width + x));
  });
}

/** Numbers of colours as RGB, on black; other pictures as they are. */
function inLight(given: ShapedPicture): ShapedPicture {
  const { palette, height, width } = given.shape;
  if (!palette) return given;
  const levels = new Uint8Array(height * width * 3);
  given.levels.forEach((level, i) => {
    levels.set(inFrontOf(palette[level]!, [0, 0, 0]).slice(0, 3), 3 * i);
  });
  return { shape: { height, width, channels: 3, levels: 256 }, levels };
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
  const isSame = (side: "height" | "width" | "channels" | "levels") => a[side] === b[side];
  const isSized = isSame("height") && isSame("width") && isSame("channels") && isSame("levels");
  return isSized && String(a.palette) === String(b.palette);
}
