import { CompressionError, encodePxc, type Model } from "@pixelcnn/core";

/** Whether a model compresses pictures of every size: it is tried with one of a single pixel. */
export async function takesAnySize(model: Model): Promise<boolean> {
  const { picture, classes } = model.network;
  const levels = new Uint8Array(picture.channels);
  const pixel = { height: 1, width: 1, levels, alpha: null, stored: "levels" } as const;
  try {
    await encodePxc(model, pixel, classes > 0 ? { classLabel: 0 } : {});
    return true;
  } catch (error) {
    if (error instanceof CompressionError) return false;
    throw error;
  }
}
