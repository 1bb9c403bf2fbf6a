import fc from "fast-check";
import { afterAll, describe, test } from "vitest";
import { expectClose, normal, tf } from "./wasm-session.ts";

// Files share a process: the next one computes on wasm.
afterAll(() => tf.setBackend("wasm"));

interface ConvolutionCase {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: readonly [number, number];
  readonly strides: [number, number];
  readonly pad: "same" | "valid" | number | tf.backend_util.ExplicitPadding;
}

/** Gradients of Σ w·conv2d(x, filter) by x and by filter, on one backend. */
async function gradients(backend: string, shape: ConvolutionCase): Promise<[Float32Array, Float32Array]> {
  const { batch, height, width, inChannels, outChannels, kernel, strides, pad } = shape;
  await tf.setBackend(backend);
  return tf.tidy((): [Float32Array, Float32Array] => {
    const x = tf.tensor4d(normal(batch * height * width * inChannels, 1), [batch, height, width, inChannels]);
    const filter = tf.tensor4d(normal(kernel[0] * kernel[1] * inChannels * outChannels, 2), [
      ...kernel,
      inChannels,
      outChannels,
    ]);
    const loss = (a: tf.Tensor, b: tf.Tensor) => {
      const y = tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad);
      return tf.sum(tf.mul(y, tf.tensor(normal(y.size, 3), y.shape)));
    };
    const [dx, dfilter] = tf.grads(loss)([x, filter]);
    return [dx!.dataSync() as Float32Array, dfilter!.dataSync() as Float32Array];
  });
}

/** The two gradient kernels alone, on one backend. (tfjs's own strided forward convolution crashes on some paddings.) */
async function kernels(
  backend: string,
  shape: ConvolutionCase,
  values: typeof normal = normal,
): Promise<[Float32Array, Float32Array]> {
  const { batch, height, width, inChannels, outChannels, kernel, strides, pad } = shape;
  await tf.setBackend(backend);
  return tf.tidy((): [Float32Array, Float32Array] => {
    const inputShape: [number, number, number, number] = [batch, height, width, inChannels];
    const filterShape: [number, number, number, number] = [...kernel, inChannels, outChannels];
    const { outShape } = tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad);
    const tensor = (sides: number[], seed: number) =>
      tf.tensor(values(tf.util.sizeFromShape(sides), seed), sides);
    const [x, filter, dy] = [tensor(inputShape, 1), tensor(filterShape, 2), tensor(outShape, 3)];
    const common = { strides, pad, dataFormat: "NHWC" } as const;
    const run = (name: string, inputs: tf.NamedTensorMap, attributes: object) =>
      tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor;
    return [
      run("Conv2DBackpropInput", { dy, filter }, { ...common, inputShape }).dataSync() as Float32Array,
      run("Conv2DBackpropFilter", { x, dy }, { ...common, filterShape }).dataSync() as Float32Array,
    ];
  });
}

async function checkGradients(shape: ConvolutionCase): Promise<void> {
  const [dxExpected, dfilterExpected] = await gradients("cpu", shape);
  const [dx, dfilter] = await gradients("wasm", shape);
  expectClose(dx, dxExpected);
  expectClose(dfilter, dfilterExpected);
}

async function checkKernels(shape: ConvolutionCase): Promise<void> {
  const [dxExpected, dfilterExpected] = await kernels("cpu", shape);
  const magnitude: typeof normal = (count, seed) => normal(count, seed).map(Math.abs);
  const [dxScale, dfilterScale] = await kernels("cpu", shape, magnitude);
  const [dx, dfilter] = await kernels("wasm", shape);
  expectClose(dx, dxExpected, 1e-6, dxScale);
  expectClose(dfilter, dfilterExpected, 1e-6, dfilterScale);
}

describe("tf.grads of conv2d equal the cpu backend's", () => {
  const base: ConvolutionCase = {
    batch: 2,
    height: 8,
    width: 7,
    inChannels: 3,
    outChannels: 5,
    kernel: [3, 3],
    strides: [1, 1],
    pad: "same",
  };
  test.each<[string, Partial<ConvolutionCase>]>([
    ["same", {}],
    ["valid", { pad: "valid" }],
    ["padded by a number", { pad: 2 }],
    [
      "causal padding, row by row",
      {
        kernel: [2, 3],
        pad: [
          [0, 0],
          [1, 0],
          [2, 0],
          [0, 0],
        ],
      },
    ],
    ["even kernels", { kernel: [2, 4] }],
    ["a row kernel", { kernel: [1, 2], pad: "valid" }],
    ["1×1", { kernel: [1, 1] }],
    ["a kernel larger than the picture", { height: 2, width: 2, kernel: [5, 5] }],
    ["a 1×1 picture", { height: 1, width: 1 }],
    ["strides 2", { strides: [2, 2] }],
    ["strides 2, valid", { strides: [2, 2], pad: "valid" }],
    ["strides 1 and 3", { strides: [1, 3] }],
    ["strides that miss rows", { strides: [3, 3], kernel: [2, 2], pad: "valid" }],
    ["whole vectors", { inChannels: 8, outChannels: 16 }],
    ["whole vectors, valid", { inChannels: 8, outChannels: 16, pad: "valid" }],
    ["whole vectors, strides 2", { inChannels: 8, outChannels: 16, strides: [2, 2], pad: "valid" }],
    ["single channels", { inChannels: 1, outChannels: 1 }],
    ["17 → 32", { inChannels: 17, outChannels: 32 }],
  ])("%s", (_, change) => checkGradients({ ...base, ...change }));

  test("the kernels, on anything", () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          batch: fc.integer({ min: 1, max: 2 }),
          height: fc.integer({ min: 4, max: 9 }),
          width: fc.integer({ min: 4, max: 9 }),
          inChannels: fc.integer({ min: 1, max: 9 }),
          outChannels: fc.integer({ min: 1, max: 9 }),
          kernel: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
          strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
          pad: fc.constantFrom<"same" | "valid" | number>("same", "valid", 1),
        }),
        checkKernels,
      ),
      { numRuns: 150 },
    ));
});
