/** One picture file as the colours of its pixels, as they are stored: nothing scaled, no profile applied. */
import { readFile } from "node:fs/promises";
import { inFrontOf, type PaletteColour } from "@pixelcnn/core";
import { DatasetsError } from "../datasets-error.ts";
import { headerOf, openPicture, soundly } from "./decode-picture.ts";
import { gifPalette } from "./gif-palette.ts";
import { pngPalette } from "./png-palette.ts";

/** The colours of a file. */
export interface ColouredPicture {
  readonly height: number;
  readonly width: number;
  /** [H, W, 4], red, green, blue and alpha. */
  readonly rgba: Uint8Array;
  /** Of an indexed PNG file or a GIF, in its order, colours that no pixel has among them; null for any other file. */
  readonly palette: readonly PaletteColour[] | null;
}

/** Most pixels of a file: four bytes of each are held several times over, and no sheet of sprites is larger. */
const MOST_PIXELS = 4096 * 4096;

/**
 * Of an animation the first frame.
 *
 * @param file path of a file, or its bytes.
 * @param name what messages call it.
 * @param background what shows through what is not opaque: white, black or #rrggbb. Left out, nothing does.
 * @throws {DatasetsError} when it is no picture, damaged, absurdly large, or has more than 8 bits a value.
 */
export async function readColours(
  file: string | Uint8Array,
  name: string,
  background?: string,
): Promise<ColouredPicture> {
  const picture = await soundly(name, async () => {
    const bytes = typeof file === "string" ? await readFile(file) : file;
    const { depth, isPalette } = await headerOf(bytes, name, MOST_PIXELS);
    if (depth !== "uchar") {
      throw new DatasetsError(
        `${name}: expected colours of 8 bits a channel for a palette, got ${depth}; convert it, or --palette no`,
      );
    }
    const { data, info } = await openPicture(bytes, { ignoreIcc: true })
      .toColourspace("srgb")
      .ensureAlpha()
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return {
      height: info.height,
      width: info.width,
      rgba: new Uint8Array(data.buffer, data.byteOffset, data.length),
      palette: isPalette ? (pngPalette(bytes) ?? gifPalette(bytes)) : null,
    };
  });
  return background === undefined ? picture : flattened(picture, colourOf(background));
}

/** The colour of a pixel, by its number in raster order. */
export function colourAt({ rgba }: ColouredPicture, pixel: number): PaletteColour {
  return [rgba[4 * pixel]!, rgba[4 * pixel + 1]!, rgba[4 * pixel + 2]!, rgba[4 * pixel + 3]!];
}

function flattened(picture: ColouredPicture, behind: readonly [number, number, number]): ColouredPicture {
  const rgba = new Uint8Array(picture.rgba.length);
  for (let at = 0; at < picture.height * picture.width; at++)
    rgba.set(inFrontOf(colourAt(picture, at), behind), 4 * at);
  return { ...picture, rgba, palette: picture.palette?.map((colour) => inFrontOf(colour, behind)) ?? null };
}

/** White, black or #rrggbb. */
export function colourOf(text: string): readonly [number, number, number] {
  if (text === "white") return [255, 255, 255];
  const value = text === "black" ? 0 : Number.parseInt(text.slice(1), 16);
  return [value >>> 16, (value >>> 8) & 255, value & 255];
}
