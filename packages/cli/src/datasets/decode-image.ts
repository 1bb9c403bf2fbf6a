/**
 * One image file as bytes of a fixed size: turned upright, scaled until it covers the picture, its middle cut out, put on
 * white where it is transparent. An image is judged by its header before its pixels are touched.
 */
import sharp from "sharp";
import { CliError } from "../cli-error.ts";

export interface ImageFormat {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

/** Most pixels of an image: a photograph of 100 megapixels fits; a web image of more would take gibibytes. */
const MOST_PIXELS = 10_240 * 10_240;
/** No image of that many pixels takes longer, on any machine that trains. */
const MOST_SECONDS = 30;

// Every image is read once: nothing to remember, no file to hold open.
sharp.cache(false);

/**
 * @param image path of a file, or its bytes.
 * @param name what messages call it.
 * @returns [H, W, C], levels 0 ... 255.
 * @throws {CliError} when it is no image, damaged, or absurdly large.
 */
export async function decodeImage(
  image: string | Uint8Array,
  name: string,
  { height, width, channels }: ImageFormat,
): Promise<Uint8Array> {
  const source = () => sharp(image, { limitInputPixels: MOST_PIXELS, failOn: "error", autoOrient: true });
  try {
    const header = await source().metadata();
    if (header.width * header.height > MOST_PIXELS) {
      throw new CliError(
        `${name}: expected at most ${MOST_PIXELS} pixels, got ${header.width}×${header.height}; scale it down or remove it`,
      );
    }
    const { data, info } = await source()
      .timeout({ seconds: MOST_SECONDS })
      .resize(width, height, { fit: "cover" })
      .flatten({ background: "white" })
      .toColourspace(channels === 1 ? "b-w" : "srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== channels || data.length !== height * width * channels) {
      throw new CliError(
        `${name}: expected ${channels} channels, got ${info.channels}; convert or remove it`,
      );
    }
    return data;
  } catch (error) {
    if (error instanceof CliError) throw error;
    const reason = (error as Error).message.split("\n")[0]!.slice(0, 120);
    throw new CliError(`${name}: expected a sound image, got "${reason}"; replace or remove it`, {
      cause: error,
    });
  }
}
