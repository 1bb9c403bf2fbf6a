import { type Tensor, tensor, tensor1d } from "@tensorflow/tfjs-core";
import type { Batch } from "../data/preparation.ts";
import type { Network } from "../network/graph.ts";

/** A batch as the arguments that `traceBatch` names: levels, and labels where the network has classes. The caller disposes. */
export function batchTensors({ picture, classes }: Network, { levels, labels }: Batch): Tensor[] {
  const shape = [labels.length, picture.height, picture.width, picture.channels];
  return [tensor(levels, shape, "int32"), ...(classes > 0 ? [tensor1d(labels, "int32")] : [])];
}
