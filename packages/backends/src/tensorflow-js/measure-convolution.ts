/**
 * The speed of a backend at what training does most: a 3×3 convolution with mask B, 32 to 64 channels, on 16 pictures of
 * 28×28. Only what the mask lets through counts as work.
 */
import { maskedKernel } from "@pixelcnn/core";
import { tapConvolution } from "@pixelcnn/core/tensors";
import {
  dispose,
  grads,
  randomUniform,
  slice,
  type Tensor,
  type Tensor1D,
  type Tensor3D,
  type Tensor4D,
  tidy,
} from "@tensorflow/tfjs-core";
import type { ConvolutionSpeed, MeasuredSize } from "../engine.ts";

/** What is convolved: 16 pictures of 28×28, 32 channels to 64. */
export const measured = { pictures: 16, side: 28, inputs: 32, outputs: 64 } as const;
const { side: SIDE, inputs: INPUTS, outputs: OUTPUTS } = measured;
/** How long each of the two is measured. */
const SECONDS = 1;
const MOST_CALLS = 50;

/** On the current backend; takes about two seconds. */
export async function measureConvolution({
  pictures = measured.pictures,
}: MeasuredSize = {}): Promise<ConvolutionSpeed> {
  const layout = { taps: maskedKernel(3, "B", 1), dilation: 1 };
  const x = randomUniform([pictures, SIDE, SIDE, INPUTS]) as Tensor4D;
  const weight = randomUniform([layout.taps.length, INPUTS, OUTPUTS]) as Tensor3D;
  const bias = randomUniform([OUTPUTS]) as Tensor1D;
  const dy = randomUniform([pictures, SIDE, SIDE, OUTPUTS]) as Tensor4D;
  const convolve = (...[x, weight, bias]: Tensor[]) =>
    tapConvolution(x as Tensor4D, weight as Tensor3D, bias as Tensor1D, layout);
  const differentiate = grads(convolve);
  const forward = await secondsOf(() => [convolve(x, weight, bias)]);
  // TensorFlow.js computes gradients together with the value.
  const both = await secondsOf(() => differentiate([x, weight, bias], dy));
  dispose([x, weight, bias, dy]);
  const gflop = (2 * pictures * SIDE * SIDE * layout.taps.length * INPUTS * OUTPUTS) / 1e9;
  return {
    forwardGflops: gflop / forward,
    backwardGflops: (2 * gflop) / Math.max(both - forward, both / 10),
  };
}

/** Median time of a call, after one that warms up. */
async function secondsOf(call: () => Tensor[]): Promise<number> {
  await secondsFor(call, 1);
  const single = await secondsFor(call, 1);
  if (single > SECONDS) return single;
  const calls = Math.min(MOST_CALLS, Math.ceil(SECONDS / 10 / single));
  const times: number[] = [];
  const end = performance.now() + 1000 * SECONDS;
  do times.push(await secondsFor(call, calls));
  while (performance.now() < end);
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}

/** Time of a call when `calls` of them are waited for together: a GPU is given the next one while it computes. */
async function secondsFor(call: () => Tensor[], calls: number): Promise<number> {
  const started = performance.now();
  for (let i = 1; i < calls; i++) dispose(call());
  await finished(call);
  return (performance.now() - started) / 1000 / calls;
}

/** Waits until a call has been computed: one number of its last result, so that no time goes into copying. */
async function finished(call: () => Tensor[]): Promise<void> {
  const corner = tidy(() => {
    const last = call().at(-1)!;
    return slice(
      last,
      last.shape.map(() => 0),
      last.shape.map(() => 1),
    );
  });
  await corner.data();
  corner.dispose();
}
