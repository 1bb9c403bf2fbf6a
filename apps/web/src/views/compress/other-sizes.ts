/** The same picture in the formats that everybody has. */
import { encodePng } from "@pixelcnn/pictures";
import type { StoredPicture } from "../../workers/compression/compressed.ts";
import { paintPicture } from "./paint-picture.ts";

export interface OtherSizes {
  readonly png: number;
  /** Null where this browser writes no WebP, or one that is not without loss. */
  readonly webp: number | null;
}

export function pngOf({ height, width, channels, values }: StoredPicture): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encodePng({ height, width, channels, data: values }));
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
  return back.every((value, i) => value === data[i]) ? blob.size : null;
}
