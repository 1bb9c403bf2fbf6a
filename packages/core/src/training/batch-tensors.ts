import { type Tensor, tensor, tensor1d } from "@tensorflow/tfjs-core";
import type { Batch } from "../data/preparation.ts";
import type { Network } from "../network/graph.ts";
import { tellsPosition } from "../network/operations/planes.ts";
import { batchShape, kindOf } from "./traced-batch.ts";

/** A batch as the arguments that `traceBatch` names. The caller disposes. */
export function batchTensors(network: Network, batch: Batch): Tensor[] {
  const { levels, inside, places, counts, labels } = batch;
  const shape = [...batchShape(network, labels.length, kindOf(batch))];
  return [
    tensor(levels instanceof Uint16Array ? Int32Array.from(levels) : levels, shape, "int32"),
    ...(inside ? [tensor(inside, shape.slice(0, 3), "int32")] : []),
    ...(places && tellsPosition(network) ? [tensor(places, [labels.length, 2], "int32")] : []),
    ...(counts ? [tensor1d(counts, "float32")] : []),
    ...(network.classes > 0 ? [tensor1d(labels, "int32")] : []),
  ];
}
