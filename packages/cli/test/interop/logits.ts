import { startBackend } from "@pixelcnn/backends";
import { disposeParameters, forward, uploadParameters } from "@pixelcnn/core/tensors";
import { tensor1d, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { decodedFile } from "./decoded.ts";

/**
 * Logits of pictures by the tensor reader on wasm, as the model file describes the network.
 *
 * @param levels [B, H, W, C] @param labels [B]; ignored by a model without classes.
 * @returns [B, H, W, C·K]
 */
export async function logitsOf(path: string, levels: ArrayLike<number>, labels: readonly number[]) {
  await startBackend("wasm");
  const { model } = decodedFile(path);
  const { network } = model;
  const { height, width, channels } = network.picture;
  const parameters = uploadParameters(model);
  const logits = tidy(() =>
    forward(
      network,
      parameters,
      tensor4d(Float32Array.from(levels), [labels.length, height, width, channels]),
      network.classes === 0 ? {} : { labels: tensor1d([...labels], "int32") },
    ),
  );
  try {
    return (await logits.data<"float32">()) as Float32Array;
  } finally {
    logits.dispose();
    disposeParameters(parameters);
  }
}
