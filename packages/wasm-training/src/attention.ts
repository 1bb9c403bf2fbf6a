// Causal attention over positions in order: every one looks at those before it.

import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type AttentionGeometry, runAttention, runAttentionGradient } from "./attention-run.ts";
import { expect, expectTensor, sizeOf } from "./expectations.ts";
import { wasmKernel } from "./kernel-call.ts";

/** queries, keys: [B, ..., heads·D], values: [B, ..., heads·E], all float32. */
export interface CausalAttentionInputs {
  readonly queries: TensorInfo;
  readonly keys: TensorInfo;
  readonly values: TensorInfo;
}

/** dy: [B, ..., heads·E] float32. */
export interface CausalAttentionGradInputs extends CausalAttentionInputs {
  readonly dy: TensorInfo;
}

/** In how many heads the channels are split, one head's after another's. */
export interface CausalAttentionAttributes {
  readonly heads: number;
}

export const causalAttentionKernel = wasmKernel<CausalAttentionInputs, CausalAttentionAttributes>(
  "CausalAttention",
  (call) => {
    const { queries, keys, values } = call.inputs;
    const geometry = geometryOf("CausalAttention", call.inputs, call.attributes);
    const y = call.output(values.shape);
    runAttention(call, geometry, {
      queries: call.at(queries),
      keys: call.at(keys),
      values: call.at(values),
      y: call.at(y),
    });
    return y;
  },
);

export const causalAttentionGradKernel = wasmKernel<CausalAttentionGradInputs, CausalAttentionAttributes>(
  "CausalAttentionGrad",
  (call) => {
    const { queries, keys, values, dy } = call.inputs;
    const geometry = geometryOf("CausalAttentionGrad", call.inputs, call.attributes);
    expectTensor("CausalAttentionGrad", "dy", dy, "float32", values.shape);
    const channels = 2 * queries.shape.at(-1)! + values.shape.at(-1)!;
    const gradient = call.output([...queries.shape.slice(0, -1), channels]);
    runAttentionGradient(call, geometry, {
      queries: call.at(queries),
      keys: call.at(keys),
      values: call.at(values),
      dy: call.at(dy),
      gradient: call.at(gradient),
    });
    return gradient;
  },
);

function geometryOf(
  kernel: string,
  { queries, keys, values }: CausalAttentionInputs,
  { heads }: CausalAttentionAttributes,
): AttentionGeometry {
  expectTensor(kernel, "queries", queries, "float32");
  expectTensor(kernel, "keys", keys, "float32", queries.shape);
  expectTensor(kernel, "values", values, "float32", [...queries.shape.slice(0, -1), null]);
  const [ofKeys, ofValues] = [queries, values].map(({ shape }) => (shape.at(-1) ?? 0) / heads) as [
    number,
    number,
  ];
  expect(
    queries.shape.length > 1 && [ofKeys, ofValues].every((count) => Number.isInteger(count) && count > 0),
    () =>
      `${kernel}: expected channels that ${heads} heads share, got queries [${queries.shape}] and values [${values.shape}].`,
  );
  const positions = sizeOf(queries.shape.slice(1, -1));
  return { batch: queries.shape[0]!, positions, heads, keyChannels: ofKeys, valueChannels: ofValues };
}
