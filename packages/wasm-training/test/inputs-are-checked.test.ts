import { describe, expect, test } from "vitest";
import { WasmTrainingError } from "../src/index.ts";
import { runKernel, tf } from "./wasm-session.ts";

const zeros = (...shape: number[]) => ({
  values: new Float32Array(shape.reduce((n, side) => n * side, 1)),
  shape,
});
const ints = (...shape: number[]) => ({ ...zeros(...shape), dtype: "int32" as const });

type Case = [
  message: string,
  kernel: string,
  inputs: Parameters<typeof runKernel>[1],
  attributes?: Record<string, unknown>,
];

const cases: Case[] = [
  [
    "TapConv2D: filter must have the shape [2,3,any], not [1,3,4].",
    "TapConv2D",
    { x: zeros(1, 2, 2, 3), filter: zeros(1, 3, 4) },
    { offsets: [0, 0, 0, 1] },
  ],
  [
    "TapConv2D: filter must have the shape [1,3,any], not [1,2,4].",
    "TapConv2D",
    { x: zeros(1, 2, 2, 3), filter: zeros(1, 2, 4) },
    { offsets: [0, 0] },
  ],
  [
    "TapConv2D: bias must have the shape [4], not [3].",
    "TapConv2D",
    { x: zeros(1, 2, 2, 3), filter: zeros(1, 3, 4), bias: zeros(3) },
    { offsets: [0, 0] },
  ],
  [
    "TapConv2D: x must be float32, not int32.",
    "TapConv2D",
    { x: ints(1, 2, 2, 3), filter: zeros(1, 3, 4) },
    { offsets: [0, 0] },
  ],
  [
    "TapConv2D: offsets must be whole (dy, dx) pairs, flattened, at least one; got [0].",
    "TapConv2D",
    { x: zeros(1, 2, 2, 3), filter: zeros(1, 3, 4) },
    { offsets: [0] },
  ],
  [
    "TapConv2D: offsets must be whole (dy, dx) pairs, flattened, at least one; got [0,0.5].",
    "TapConv2D",
    { x: zeros(1, 2, 2, 3), filter: zeros(1, 3, 4) },
    { offsets: [0, 0.5] },
  ],
  [
    "TapConv2DBackpropInput: filter must have the shape [1,any,5], not [1,3,4].",
    "TapConv2DBackpropInput",
    { dy: zeros(1, 2, 2, 5), filter: zeros(1, 3, 4) },
    { offsets: [0, 0] },
  ],
  [
    "TapConv2DBackpropFilter: dy must have the shape [1,2,2,any], not [1,2,3,4].",
    "TapConv2DBackpropFilter",
    { x: zeros(1, 2, 2, 3), dy: zeros(1, 2, 3, 4) },
    { offsets: [0, 0] },
  ],
  [
    "GatedActivation: groups [0,4] must be (start, end) pairs of even length that follow each other from 0 to 6.",
    "GatedActivation",
    { x: zeros(2, 6) },
    { groups: [0, 4] },
  ],
  [
    "GatedActivation: groups [0,3,3,6] must be (start, end) pairs of even length that follow each other from 0 to 6.",
    "GatedActivation",
    { x: zeros(2, 6) },
    { groups: [0, 3, 3, 6] },
  ],
  [
    "GatedActivationGrad: dy must have the shape [2,3], not [2,6].",
    "GatedActivationGrad",
    { x: zeros(2, 6), dy: zeros(2, 6) },
    { groups: [0, 6] },
  ],
  [
    "CategoricalNll: labels must be int32, not float32.",
    "CategoricalNll",
    { logits: zeros(2, 6), labels: zeros(2) },
  ],
  [
    "CategoricalNllGrad: input dy is missing.",
    "CategoricalNllGrad",
    { logits: zeros(2, 6), labels: ints(2) },
  ],
  [
    "BernoulliNll: labels must have the shape [2], not [3].",
    "BernoulliNll",
    { logits: zeros(2), labels: zeros(3) },
  ],
  [
    "BernoulliNllGrad: logits must have the shape [any], not [2,1].",
    "BernoulliNllGrad",
    { logits: zeros(2, 1), labels: zeros(2), dy: zeros(2) },
  ],
  [
    "CausalAttention: expected channels that 3 heads share, got queries [1,2,6] and values [1,2,4].",
    "CausalAttention",
    { queries: zeros(1, 2, 6), keys: zeros(1, 2, 6), values: zeros(1, 2, 4) },
    { heads: 3 },
  ],
  [
    "CausalAttention: values must have the shape [1,2,any], not [1,3,6].",
    "CausalAttention",
    { queries: zeros(1, 2, 6), keys: zeros(1, 2, 6), values: zeros(1, 3, 6) },
    { heads: 2 },
  ],
  [
    "CausalAttentionGrad: dy must have the shape [1,2,4], not [1,2,6].",
    "CausalAttentionGrad",
    { queries: zeros(1, 2, 6), keys: zeros(1, 2, 6), values: zeros(1, 2, 4), dy: zeros(1, 2, 6) },
    { heads: 2 },
  ],
  [
    "TapLstm: groups [0,2] must be (start, end) pairs that follow each other from 0 to a quarter of x's 12 channels.",
    "TapLstm",
    { x: zeros(1, 2, 2, 12), filter: zeros(1, 3, 12) },
    { offsets: [-1, 0], cell: [-1, 0], groups: [0, 2], wave: [1, 0] },
  ],
  [
    "TapLstm: offsets [-1,1,0,-1] and cell [0,-1] must be whole (dy, dx) pairs, each of an earlier wave by [1,1]: down·dy + along·dx < 0.",
    "TapLstm",
    { x: zeros(1, 2, 2, 12), filter: zeros(2, 3, 12) },
    { offsets: [-1, 1, 0, -1], cell: [0, -1], groups: [0, 3], wave: [1, 1] },
  ],
  [
    "TapLstm: filter must have the shape [1,3,12], not [1,3,4].",
    "TapLstm",
    { x: zeros(1, 2, 2, 12), filter: zeros(1, 3, 4) },
    { offsets: [-1, 0], cell: [-1, 0], groups: [0, 3], wave: [1, 0] },
  ],
  [
    "TapLstmGrad: states must have the shape [1,2,2,6], not [1,2,2,3].",
    "TapLstmGrad",
    { x: zeros(1, 2, 2, 12), filter: zeros(1, 3, 12), states: zeros(1, 2, 2, 3), dstates: zeros(1, 2, 2, 6) },
    { offsets: [-1, 0], cell: [-1, 0], groups: [0, 3], wave: [1, 0] },
  ],
  ["ReluGrad: dy must have the shape [2,3], not [3,2].", "ReluGrad", { y: zeros(2, 3), dy: zeros(3, 2) }],
  ["ChannelSum: x must have a channel axis, not be a scalar.", "ChannelSum", { x: zeros() }],
  [
    "UnsortedSegmentSum: segmentIds must have the shape [3], not [2].",
    "UnsortedSegmentSum",
    { x: zeros(3, 2), segmentIds: ints(2) },
    { numSegments: 2 },
  ],
  [
    "Conv2DBackpropFilter: dataFormat must be NHWC on wasm, not NCHW.",
    "Conv2DBackpropFilter",
    { x: zeros(1, 3, 4, 4), dy: zeros(1, 2, 4, 4) },
    { strides: 1, pad: "same", dataFormat: "NCHW", filterShape: [1, 1, 3, 2] },
  ],
];

describe("one clear line, and nothing left behind", () => {
  test.each(cases)("%s", (message, kernel, inputs, attributes) => {
    const before = tf.engine().backend.numDataIds();
    let thrown: unknown;
    try {
      runKernel(kernel, inputs, attributes);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(WasmTrainingError);
    expect((thrown as Error).message).toBe(message);
    expect(tf.engine().backend.numDataIds()).toBe(before);
  });
});
