/** The same picture in the formats that everybody has. */
import type { Palette } from "@pixelcnn/core";
import { encodePng } from "@pixelcnn/pictures";
import type { StoredPicture } from "../../workers/compression/compressed.ts";
import { paintPicture } from "./paint-picture.ts";
import { webpSize } from "./webp-size.ts";

export interface OtherSizes {
  readonly png: number;
  /** Without the colour profile that browsers add. Null where this browser writes no WebP, or one that is not without loss. */
  readonly webp: number | null;
}

/** As people would have it: of few colours an indexed one, where that is smaller. */
export function pngOf(picture: StoredPicture): Uint8Array<ArrayBuffer> {
  const { height, width, channels, values } = picture;
  const plain = encodePng({ height, width, channels, data: values });
  const indexed = indexedPng(picture);
  return new Uint8Array(indexed !== null && indexed.length < plain.length ? indexed : plain);
}

/** Null for more colours than a palette has. */
function indexedPng({ height, width, channels, values }: StoredPicture): Uint8Array | null {
  const numbers = new Map<string, number>();
  const data = new Uint8Array(height * width);
  for (let i = 0; i < data.length; i++) {
    const own = values.subarray(i * channels, (i + 1) * channels);
    const [red, green = red, blue = red, alpha = 255] = own;
    const colour = [red, green, blue, alpha].join();
    if (!numbers.has(colour) && numbers.size === 256) return null;
    if (!numbers.has(colour)) numbers.set(colour, numbers.size);
    data[i] = numbers.get(colour)!;
  }
  const palette = [...numbers.keys()].map((colour) => colour.split(",").map(Number));
  return encodePng({ height, width, channels: 1, data, palette: palette as unknown as Palette });
}

export async function otherSizes(picture: StoredPicture): Promise<OtherSizes> {
  return { png: pngOf(picture).length, webp: await losslessWebp(picture) };
}

/** Browsers say of no WebP that it is without loss: it is read again. */
async function losslessWebp(picture: StoredPicture): Promise<number | null> {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext("2d")!;
  paintPicture(context, picture);
  const { data } = context.getImageData(0, 0, picture.width, picture.height);
  const blob = await canvas.convertToBlob({ type: "image/webp", quality: 1 });
  if (blob.type !== "image/webp") return null;
  const again = await createImageBitmap(blob);
  context.clearRect(0, 0, picture.width, picture.height);
  context.drawImage(again, 0, 0);
  again.close();
  const { data: back } = context.getImageData(0, 0, picture.width, picture.height);
  const isSame = back.every((value, i) => value === data[i]);
  return isSame ? webpSize(new Uint8Array(await blob.arrayBuffer())) : null;
}
