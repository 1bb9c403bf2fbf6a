/**
 * One picture file as it is: nothing scaled, no profile applied, no depth lost, nothing put behind what is transparent. It is only turned upright.
 */
import type { LevelArray } from "@pixelcnn/core";
import { DatasetsError } from "../datasets-error.ts";
import { headerOf, openPicture, soundly } from "./decode-picture.ts";

/** The values of a file. */
export interface ExactPicture {
  readonly height: number;
  readonly width: number;
  /** 1 where it is stored as grey, or no pixel has a colour. */
  readonly channels: 1 | 3;
  /** [H, W, C], in bytes or 16 bits. */
  readonly values: LevelArray;
  /** [H, W], of the same kind; null where every pixel is opaque. */
  readonly alpha: LevelArray | null;
}

/** Colour spaces of which values are kept as they are. */
const SPACES = ["b-w", "grey16", "srgb", "rgb16"];

/**
 * @param file path of a file, or its bytes.
 * @param name what messages call it.
 * @throws {DatasetsError} when it is no picture, damaged, absurdly large, or has more than one page, or values of another kind.
 */
export async function readPixels(file: string | Uint8Array, name: string): Promise<ExactPicture> {
  return soundly(name, async () => {
    const { space, depth, pages = 1, hasAlpha } = await headerOf(file, name);
    const isDeep = depth === "ushort";
    if (!SPACES.includes(space) || (!isDeep && depth !== "uchar") || pages !== 1) {
      const what = pages === 1 ? `${space}, ${depth}` : `${pages} pages`;
      throw new DatasetsError(
        `${name}: expected one picture of 8 or 16 bits a value, grey or RGB, got ${what}; convert it first`,
      );
    }
    // To one band sharp writes no alpha, so grey goes as three.
    const asked = isDeep ? "rgb16" : "srgb";
    const { data, info } = await openPicture(file, { ignoreIcc: true })
      .toColourspace(asked)
      .raw({ depth })
      .toBuffer({ resolveWithObject: true });
    const all = isDeep
      ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2)
      : new Uint8Array(data);
    return { height: info.height, width: info.width, ...partsOf(all, info.channels, hasAlpha) };
  });
}

/** @param bands 3 and perhaps one of alpha. */
function partsOf(
  all: LevelArray,
  bands: number,
  hasAlpha: boolean,
): Pick<ExactPicture, "channels" | "values" | "alpha"> {
  const pixels = all.length / bands;
  const array = (length: number) =>
    all instanceof Uint8Array ? new Uint8Array(length) : new Uint16Array(length);
  let isGrey = true;
  let isOpaque = true;
  const opaque = all instanceof Uint8Array ? 255 : 65_535;
  for (let i = 0; i < all.length; i += bands) {
    if (all[i] !== all[i + 1] || all[i] !== all[i + 2]) isGrey = false;
    if (hasAlpha && all[i + 3] !== opaque) isOpaque = false;
  }
  const channels = isGrey ? 1 : 3;
  const values = array(pixels * channels);
  for (let i = 0; i < values.length; i++) {
    values[i] = all[isGrey ? i * bands : Math.floor(i / 3) * bands + (i % 3)]!;
  }
  if (isOpaque) return { channels, values, alpha: null };
  return { channels, values, alpha: array(pixels).map((_, i) => all[i * bands + 3]!) };
}
