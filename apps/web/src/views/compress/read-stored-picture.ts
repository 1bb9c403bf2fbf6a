/** A picture file of the visitor's as it is: nothing scaled, no profile applied; what the browser would cut silently is refused. */
import { readPictureFile } from "@pixelcnn/core/data";
import type { StoredPicture } from "../../workers/compression/compressed.ts";

/** Pixels of the largest picture that is taken here; the command line has another limit. */
const MOST_PIXELS = 256 * 256;

/** @throws a sentence when the browser cannot read it, would read less than there is, or it is too large. */
export async function readStoredPicture(file: Blob): Promise<StoredPicture> {
  const { bits, frames } = readPictureFile(new Uint8Array(await file.arrayBuffer()));
  if (bits > 8) {
    throw new Error(`expected at most 8 bits a value, got ${bits}; the command line keeps all of a PNG's`);
  }
  if (frames > 1) {
    throw new Error(`expected one picture, got an animation of ${frames} frames; save one of them`);
  }
  const options = { colorSpaceConversion: "none", premultiplyAlpha: "none" } as const;
  const image = await createImageBitmap(file, options).catch(() => {
    throw new Error("expected a picture that this browser can show, or a .pxc file");
  });
  const { height, width } = image;
  if (height * width > MOST_PIXELS) {
    throw new Error(
      `expected at most ${MOST_PIXELS} pixels, got ${width}×${height}; the command line takes larger ones`,
    );
  }
  const context = new OffscreenCanvas(width, height).getContext("2d")!;
  context.drawImage(image, 0, 0);
  image.close();
  const { data } = context.getImageData(0, 0, width, height);
  let isGrey = true;
  let isOpaque = true;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] !== 255) isOpaque = false;
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) isGrey = false;
  }
  const channels = !isOpaque ? 4 : isGrey ? 1 : 3;
  const values = new Uint8Array(height * width * channels);
  for (let i = 0; i < values.length; i++) values[i] = data[Math.floor(i / channels) * 4 + (i % channels)]!;
  return { height, width, channels, values };
}
