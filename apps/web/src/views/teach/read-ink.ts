/**
 * A small picture of the visitor's (a sprite, an icon, a letter) as ink. Its ground is what its rim is made of, whatever its colour;
 * ink is what differs from that, and the strongest of it is full ink. Thresholds come later: a model learns four levels of it.
 */
import { INK_SIDE, type Ink } from "../../workers/teaching/ink.ts";

/** Longer sides are those of photographs, of which nothing is left in so few pixels. */
const MOST_SIDE = 512;
/** Of 255: a picture whose ink differs less from its ground is of one shade. */
const LEAST_CONTRAST = 24;
const OPAQUE = 128;

/** @throws a sentence without its full stop, when the browser cannot read the file, or nothing is to be seen on it. */
export async function readInk(file: File): Promise<Ink> {
  const image = await createImageBitmap(file).catch(() => {
    throw new Error(`${file.name} is no picture that this browser can show`);
  });
  try {
    const { width, height } = image;
    if (Math.max(width, height) > MOST_SIDE)
      throw new Error(
        `${file.name} has ${width} × ${height} pixels, expected at most ${MOST_SIDE} × ${MOST_SIDE}`,
      );
    const ink = placed(inkOf(scaled(image)));
    if (ink === null) throw new Error(`${file.name} is of one shade`);
    return ink;
  } finally {
    image.close();
  }
}

/** As large as its side allows, its shape kept. */
function scaled(image: ImageBitmap): ImageData {
  const scale = INK_SIDE / Math.max(image.width, image.height);
  const [width, height] = [image.width, image.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  ) as [number, number];
  const context = new OffscreenCanvas(width, height).getContext("2d")!;
  // Pixels that become whole squares stay sharp.
  context.imageSmoothingEnabled = !Number.isInteger(scale);
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

interface Patch {
  readonly width: number;
  readonly height: number;
  /** 0 … 255, [height, width] */
  readonly ink: readonly number[];
}

function inkOf({ data, width, height }: ImageData): Patch {
  const places = Array.from({ length: width * height }, (_, i) => i);
  const rim = places.filter((i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return x === 0 || y === 0 || x === width - 1 || y === height - 1;
  });
  const alpha = (i: number) => data[4 * i + 3]!;
  const isCutOut = rim.filter((i) => alpha(i) < OPAQUE).length > rim.length / 2;
  const opaque = places.filter((i) => alpha(i) >= OPAQUE);
  const ground = [0, 1, 2].map((c) =>
    // What is cut out lies on black or on white, whichever it is further from.
    isCutOut ? (isBright(data, opaque) ? 0 : 255) : median(rim.map((i) => data[4 * i + c]!)),
  );
  const ink = places.map((i) => {
    const away = ground.map((value, c) => Math.abs(data[4 * i + c]! - value));
    return (Math.max(...away) * alpha(i)) / 255;
  });
  return { width, height, ink };
}

/** In the middle of the square, with full ink for the strongest; null where there is none. */
function placed({ width, height, ink }: Patch): Ink | null {
  const most = Math.max(...ink);
  if (most < LEAST_CONTRAST) return null;
  const square = new Uint8Array(INK_SIDE * INK_SIDE);
  const [left, top] = [Math.floor((INK_SIDE - width) / 2), Math.floor((INK_SIDE - height) / 2)];
  ink.forEach((value, i) => {
    const [x, y] = [left + (i % width), top + Math.floor(i / width)];
    square[y * INK_SIDE + x] = Math.round((value / most) * 255);
  });
  return square;
}

function isBright(data: Uint8ClampedArray, places: readonly number[]): boolean {
  const sum = places.reduce((total, i) => total + data[4 * i]! + data[4 * i + 1]! + data[4 * i + 2]!, 0);
  return sum / 3 >= OPAQUE * places.length;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
