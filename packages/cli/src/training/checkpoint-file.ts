/** A training state as a safetensors file: the vectors as tensors, the counters in the metadata. */
import { encodeSafetensors, type NamedTensor } from "@pixelcnn/core";
import type { CheckpointEvent, TrainingState } from "@pixelcnn/core/training";

export function encodeCheckpoint({ state }: CheckpointEvent): Uint8Array {
  const { step, epoch, position, epochNats, ...vectors } = state;
  const tensors = new Map(
    Object.entries(vectors satisfies Omit<TrainingState, "step" | "epoch" | "position" | "epochNats">)
      .filter(([, values]) => values.length > 0)
      .map(([name, values]): [string, NamedTensor] => [name, { shape: [values.length], values }]),
  );
  const counters = { step, epoch, position, epochNats };
  return encodeSafetensors({ metadata: { trainingState: JSON.stringify(counters) }, tensors });
}
