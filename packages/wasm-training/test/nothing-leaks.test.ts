import { expect, test } from "vitest";
import type { WebAssemblyMemory } from "../src/web-assembly.ts";
import { normal, runKernel, tf } from "./wasm-session.ts";

const values = (...shape: number[]) => ({
  values: normal(
    shape.reduce((n, side) => n * side, 1),
    1,
  ),
  shape,
});

/** Every kernel once, on the layouts that take scratch memory, and gradients through tfjs. */
function everything(): void {
  const labels = { values: [0, 1, 2], shape: [3], dtype: "int32" as const };
  for (const [inChannels, outChannels] of [
    [1, 1],
    [3, 5],
    [8, 16],
  ] as const) {
    const x = values(2, 5, 5, inChannels);
    const dy = values(2, 5, 5, outChannels);
    const filter = values(2, inChannels, outChannels);
    const offsets = { offsets: [-1, 0, 0, -1] };
    runKernel("TapConv2D", { x, filter, bias: values(outChannels) }, offsets);
    runKernel("TapConv2DBackpropInput", { dy, filter }, offsets);
    runKernel("TapConv2DBackpropFilter", { x, dy }, offsets);
  }
  runKernel("ChannelSum", { x: values(7, 3) });
  runKernel("GatedActivation", { x: values(7, 6) }, { groups: [0, 6] });
  runKernel("GatedActivationGrad", { x: values(7, 6), dy: values(7, 3) }, { groups: [0, 6] });
  const [asked, told] = [values(2, 40, 6), values(2, 40, 4)];
  runKernel("CausalAttention", { queries: asked, keys: asked, values: told }, { heads: 2 });
  runKernel("CausalAttentionGrad", { queries: asked, keys: asked, values: told, dy: told }, { heads: 2 });
  const cells = { offsets: [-1, 0, 0, -1], cell: [0, -1], groups: [0, 3], wave: [1, 1] };
  const recurrent = { x: values(2, 4, 5, 12), filter: values(2, 3, 12) };
  runKernel("TapLstm", recurrent, cells);
  const states = { states: values(2, 4, 5, 6), dstates: values(2, 4, 5, 6) };
  runKernel("TapLstmGrad", { ...recurrent, ...states }, cells);
  runKernel("CategoricalNll", { logits: values(3, 4), labels });
  runKernel("CategoricalNllGrad", { logits: values(3, 4), labels, dy: values(3) });
  runKernel("BernoulliNll", { logits: values(3), labels: values(3) });
  runKernel("BernoulliNllGrad", { logits: values(3), labels: values(3), dy: values(3) });
  runKernel("ReluGrad", { y: values(3), dy: values(3) });
  for (const name of ["Exp", "Expm1", "Tanh", "Softplus"]) runKernel(name, { x: values(7) });
  tf.tidy(() => {
    const x = tf.randomNormal<tf.Rank.R4>([1, 5, 5, 2]);
    const filter = tf.randomNormal<tf.Rank.R4>([3, 3, 2, 4]);
    tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2, "same"))([
      x,
      filter,
    ]);
    tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b))([
      tf.randomNormal([3, 4]),
      tf.randomNormal([4, 5]),
    ]);
    tf.grad((a) => tf.gather(a, [0, 0, 2]))(tf.randomNormal([3, 2]));
  });
}

test("every kernel leaves as many tensors, data and scratch as it found", () => {
  everything();
  const tensors = tf.memory().numTensors;
  const data = tf.engine().backend.numDataIds();
  for (let i = 0; i < 3; i++) everything();
  expect(tf.memory().numTensors).toBe(tensors);
  expect(tf.engine().backend.numDataIds()).toBe(data);
});

test("results stay right when the heap grows between and within calls", () => {
  const memory = (tf.backend() as unknown as { wasm: { asm: { memory: WebAssemblyMemory } } }).wasm.asm
    .memory;
  const before = memory.buffer.byteLength;
  const x = { values: new Float32Array(4 * 512 * 512).fill(1), shape: [1, 512, 512, 4] };
  const filter = { values: new Float32Array(9 * 4 * 16).fill(1), shape: [9, 4, 16] };
  const offsets = [-1, -1, -1, 0, -1, 1, 0, -1, 0, 0, 0, 1, 1, -1, 1, 0, 1, 1];
  const y = runKernel("TapConv2D", { x, filter }, { offsets });
  expect(memory.buffer.byteLength).toBeGreaterThan(before);
  expect([y.values[0], y.values[16], y.values[(512 + 1) * 16]]).toEqual([16, 24, 36]);
});
