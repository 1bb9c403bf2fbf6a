/**
 * One picture file as values of a fixed size: turned upright, scaled until it covers the picture, its middle cut out, put on a
 * background where it is transparent. A file is judged by its header before its pixels are touched.
 */
import type { LevelArray } from "@pixelcnn/core/data";
import sharp, { type Metadata, type SharpOptions } from "sharp";
import { DatasetsError } from "../datasets-error.ts";

/** What a file becomes. */
export interface PictureFormat {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** Bits of a value; 8 when left out. Files that have 8 are spread over 16: 255 becomes 65,535. */
  readonly bits?: 8 | 16;
  /** What shows through transparent parts, a name or #rrggbb; {@link BACKGROUND} when left out. */
  readonly background?: string;
}

/** What shows through transparent parts where nobody says otherwise. */
export const BACKGROUND = "white";

/** What a file is before anything is done to it. */
export interface PictureHeader {
  /** In pixels, once it is turned upright. */
  readonly width: number;
  readonly height: number;
  /** Is it stored as grey? One that is stored in colour may still have no colour. */
  readonly grey: boolean;
  readonly transparent: boolean;
  /** Has it more than 8 bits per value? */
  readonly deep: boolean;
  /** Are they 16, without a sign? */
  readonly has16Bits: boolean;
  /** Are its pixels numbers of a palette's colours, as those of a GIF and of some PNG are? */
  readonly indexed: boolean;
  /** Pages of a document, or frames of an animation, as far as sharp knows of them. */
  readonly pages: number;
}

/** Most pixels of a file: a photograph of 100 megapixels fits; one of more would take gibibytes. */
const MOST_PIXELS = 10_240 * 10_240;
/** Most pixels of a side: what decodes keeps some hundred bytes of every column, and a strip a million wide is no picture. */
const MOST_SIDE = 32_768;
/** No file of that many pixels takes longer, on any machine that trains. */
const MOST_SECONDS = 30;

// Every file is read once: nothing to remember, no file to hold open.
sharp.cache(false);

/**
 * What the header of a file says.
 *
 * @throws {DatasetsError} when it is no picture, or absurdly large.
 */
export async function readHeader(file: string | Uint8Array, name: string): Promise<PictureHeader> {
  const {
    autoOrient,
    space,
    hasAlpha,
    depth,
    isPalette,
    pages = 1,
  } = await soundly(name, () => headerOf(file, name));
  return {
    width: autoOrient.width,
    height: autoOrient.height,
    grey: space === "b-w" || space === "grey16",
    transparent: hasAlpha,
    deep: depth !== "uchar",
    has16Bits: depth === "ushort",
    indexed: isPalette,
    pages,
  };
}

/**
 * @param file path of a file, or its bytes.
 * @param name what messages call it.
 * @returns [H, W, C], levels 0 ... 255, or 0 ... 65,535 of 16 bits. Of a picture of this size that has as many bits, as they are stored.
 * @throws {DatasetsError} when it is no picture, damaged, or absurdly large.
 */
export function decodePicture(
  file: string | Uint8Array,
  name: string,
  format: PictureFormat & { readonly bits?: 8 },
): Promise<Uint8Array>;
export function decodePicture(
  file: string | Uint8Array,
  name: string,
  format: PictureFormat,
): Promise<LevelArray>;
export async function decodePicture(
  file: string | Uint8Array,
  name: string,
  { height, width, channels, bits = 8, background = BACKGROUND }: PictureFormat,
): Promise<LevelArray> {
  return soundly(name, async () => {
    const { depth } = await headerOf(file, name);
    const keeps16 = bits === 16 && depth === "ushort";
    const [grey, colour] = keeps16 ? ["grey16", "rgb16"] : ["b-w", "srgb"];
    const { data, info } = await openPicture(file)
      .timeout({ seconds: MOST_SECONDS })
      .resize(width, height, { fit: "cover" })
      .flatten({ background })
      .toColourspace((channels === 1 ? grey : colour)!)
      .raw({ depth: keeps16 ? "ushort" : "uchar" })
      .toBuffer({ resolveWithObject: true });
    const count = height * width * channels;
    if (info.channels !== channels || data.length !== count * (keeps16 ? 2 : 1)) {
      throw new DatasetsError(
        `${name}: expected ${channels} channels, got ${info.channels}; convert or remove it`,
      );
    }
    // A plain array: sharp's buffer calls itself otherwise, whatever is made of it.
    if (bits === 8) return new Uint8Array(data.buffer, data.byteOffset, data.length);
    if (!keeps16) return Uint16Array.from(data, (byte) => byte * 257);
    return new Uint16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
  });
}

export function openPicture(file: string | Uint8Array, options: SharpOptions = {}) {
  return sharp(file, { limitInputPixels: MOST_PIXELS, failOn: "error", autoOrient: true, ...options });
}

/** @throws {DatasetsError} when it has more than `most` pixels, an absurd number when left out, or is absurdly long. */
export async function headerOf(
  file: string | Uint8Array,
  name: string,
  most = MOST_PIXELS,
): Promise<Metadata> {
  const header = await openPicture(file).metadata();
  if (header.width * header.height > most) {
    throw new DatasetsError(
      `${name}: expected at most ${most} pixels, got ${header.width}×${header.height}; scale it down or remove it`,
    );
  }
  const side = Math.max(header.width, header.height);
  if (side > MOST_SIDE) {
    throw new DatasetsError(
      `${name}: expected sides of at most ${MOST_SIDE} pixels, got ${header.width}×${header.height}; cut it up or remove it`,
    );
  }
  return header;
}

/** @throws {DatasetsError} for whatever sharp throws. */
export async function soundly<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DatasetsError) throw error;
    const reason = (error as Error).message.split("\n")[0]!.slice(0, 120);
    throw new DatasetsError(`${name}: expected a sound picture, got "${reason}"; replace or remove it`, {
      cause: error,
    });
  }
}
