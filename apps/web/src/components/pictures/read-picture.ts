/** A picture file of the visitor's as a picture of a model: its middle, as small as the model's pictures, in the model's levels. */
import type { PictureShape } from "@pixelcnn/core";
import { nearestLevel, quantise } from "@pixelcnn/core/data";

/** @returns levels, [H, W, C]. @throws a sentence when the browser cannot read the file as a picture. */
export async function readPicture(file: Blob, picture: PictureShape): Promise<Uint8Array> {
  const { height, width, channels, levels, palette } = picture;
  const image = await createImageBitmap(file).catch(() => {
    throw new Error("expected a picture that this browser can show, a PNG or a JPEG say");
  });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d")!;
  context.imageSmoothingQuality = "high";
  // Between the colours of a palette lies none, and what is transparent is one of them.
  context.imageSmoothingEnabled = palette === undefined;
  if (palette === undefined) {
    // Transparent places are black, as the pictures' ground is.
    context.fillStyle = "black";
    context.fillRect(0, 0, width, height);
  }
  const scale = Math.min(image.width / width, image.height / height);
  const [cutWidth, cutHeight] = [width * scale, height * scale];
  const left = (image.width - cutWidth) / 2;
  const top = (image.height - cutHeight) / 2;
  context.drawImage(image, left, top, cutWidth, cutHeight, 0, 0, width, height);
  image.close();
  const { data } = context.getImageData(0, 0, width, height);
  if (palette !== undefined) {
    return Uint8Array.from({ length: height * width }, (_, i) =>
      nearestLevel(palette, [data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!, data[4 * i + 3]!]),
    );
  }
  const values = new Uint8Array(height * width * channels);
  for (let i = 0; i < height * width; i++) {
    const rgb = data.subarray(i * 4, i * 4 + 3);
    if (channels === 3) values.set(rgb, i * 3);
    else values[i] = Math.round(luma(rgb[0]!, rgb[1]!, rgb[2]!));
  }
  return quantise(values, levels, values);
}

/** Grey of a colour, ITU-R BT.601. */
function luma(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
