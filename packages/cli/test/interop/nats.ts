import { startBackend } from "@pixelcnn/backends";
import { dimensions } from "@pixelcnn/core";
import type { Split } from "@pixelcnn/core/data";
import { evaluate } from "@pixelcnn/core/training";
import { decodedFile } from "./decoded.ts";

/**
 * Mean nats of pictures under a model file, as `evaluate` measures them on wasm.
 *
 * @param pixels bytes, [B, H, W, C], of which the file's preparation makes levels; binarised by a threshold. @param labels [B]
 */
export async function natsOf(path: string, pixels: Uint8Array, labels: readonly number[]): Promise<number> {
  await startBackend("wasm");
  const { model, preparation } = decodedFile(path);
  const { picture, classes } = model.network;
  const size = dimensions(picture);
  const test: Split = {
    length: labels.length,
    read(index, target, offset) {
      target.set(pixels.subarray(index * size, (index + 1) * size), offset);
      return labels[index]!;
    },
  };
  const { height, width, channels } = picture;
  const set = { name: "these", height, width, channels, levels: 256, classes };
  const binarise = preparation.binarise && "threshold";
  const { nats } = await evaluate(model, { ...set, train: test, validation: test, test }, test, {
    preparation: { ...preparation, binarise },
  });
  return nats;
}
