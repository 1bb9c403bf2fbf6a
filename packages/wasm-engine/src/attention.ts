/** Causal attention and its gradient, on the kernels. */
import type { OperationOf } from "@pixelcnn/core/computation";
import { type AttentionGeometry, runAttention, runAttentionGradient } from "@pixelcnn/wasm-training/kernels";
import type { Machine } from "./machine.ts";
import { addressOf, type Place } from "./place.ts";

/** (queries, keys, values) → y */
export function writeAttention(
  machine: Machine,
  { heads }: OperationOf<"attention">,
  [queries, keys, values]: readonly Place[],
  y: Place,
): () => void {
  const geometry = geometryOf(queries!, values!, heads);
  const at = {
    queries: addressOf(queries!),
    keys: addressOf(keys!),
    values: addressOf(values!),
    y: addressOf(y),
  };
  return () => runAttention(machine, geometry, at);
}

/** (queries, keys, values, dy) → the three gradients, channels after channels */
export function writeAttentionGradient(
  machine: Machine,
  { heads }: OperationOf<"attentionGradient">,
  [queries, keys, values, dy]: readonly Place[],
  gradient: Place,
): () => void {
  const geometry = geometryOf(queries!, values!, heads);
  const at = {
    queries: addressOf(queries!),
    keys: addressOf(keys!),
    values: addressOf(values!),
    dy: addressOf(dy!),
    gradient: addressOf(gradient),
  };
  return () => runAttentionGradient(machine, geometry, at);
}

function geometryOf(queries: Place, values: Place, heads: number): AttentionGeometry {
  const [batch, height, width, channels] = queries.value.shape as [number, number, number, number];
  return {
    batch,
    positions: height * width,
    heads,
    keyChannels: channels / heads,
    valueChannels: values.value.shape[3]! / heads,
  };
}
