import { tensor1d, tensor4d, tidy } from "@tensorflow/tfjs-core";
import type { Model } from "../../src/network/model.ts";
import { forward } from "../../src/tensors/forward.ts";
import { disposeParameters, uploadParameters } from "../../src/tensors/upload.ts";

/** Logits of whole pictures by the tensor sampler on the current backend, [count, H, W, C·K]. */
export async function tensorLogits(
  model: Model,
  levels: ArrayLike<number>,
  count: number,
  labels: readonly number[] | null = null,
): Promise<Float32Array> {
  const { height, width, channels } = model.network.picture;
  const parameters = uploadParameters(model);
  const logits = tidy(() =>
    forward(
      model.network,
      parameters,
      tensor4d(Float32Array.from(levels), [count, height, width, channels]),
      labels === null ? {} : { labels: tensor1d([...labels], "int32") },
    ),
  );
  try {
    return (await logits.data<"float32">()) as Float32Array;
  } finally {
    logits.dispose();
    disposeParameters(parameters);
  }
}
