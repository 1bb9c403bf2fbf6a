/**
 * The speed of a backend at what training does most: a 3×3 convolution with mask B, 32 to 64 channels, on 16 pictures of
 * 28×28. Only what the mask lets through counts as work.
 */
import { maskedKernel } from "@pixelcnn/core";
import { type Computation, Trace, type Value } from "@pixelcnn/core/computation";
import { execute } from "@pixelcnn/core/tensors";
import {
  dispose,
  matMul,
  randomUniform,
  slice,
  type Tensor,
  type Tensor2D,
  tidy,
} from "@tensorflow/tfjs-core";
import type { MeasuredSize, Speed } from "../engine.ts";

/** What is convolved: 16 pictures of 28×28, 32 channels to 64. */
export const measured = { pictures: 16, side: 28, inputs: 32, outputs: 64 } as const;
const { side, inputs, outputs } = measured;
const offsets = maskedKernel(3, "B", 1).map(({ dy, dx }) => [dy, dx] as const);
/** How long each of the two is measured. */
const SECONDS = 0.5;
const MOST_CALLS = 50;

/** On the current backend; takes about two seconds. */
export async function measureConvolution({
  pictures = measured.pictures,
}: MeasuredSize = {}): Promise<Speed> {
  const shapes = {
    x: [pictures, side, side, inputs],
    weight: [offsets.length, inputs, outputs],
    bias: [outputs],
    dy: [pictures, side, side, outputs],
  };
  const forward = traceOf(shapes, (trace, { x, weight, bias }) => {
    const sums = trace.convolution(x, weight, offsets);
    return [trace.add(sums, trace.atEveryPosition(bias, sums.shape))];
  });
  const backward = traceOf(shapes, (trace, { x, weight, dy }) => [
    trace.apply({ op: "convolutionInputGradient", offsets }, dy, weight),
    trace.apply({ op: "convolutionFilterGradient", offsets }, x, dy),
    trace.sum(dy, [0, 1, 2]),
  ]);
  const given = Object.values(shapes).map((shape) => randomUniform(shape));
  const gflop = (2 * pictures * side * side * offsets.length * inputs * outputs) / 1e9;
  try {
    return {
      productGflops: await productSpeed(secondsOfProduct),
      forwardGflops: gflop / (await secondsOf(() => Object.values(execute(forward, given)))),
      backwardGflops: (2 * gflop) / (await secondsOf(() => Object.values(execute(backward, given)))),
    };
  } finally {
    dispose(given);
  }
}

/** A product is large enough when it takes so long; a larger one would say the same. */
const LONG_ENOUGH_S = 0.05;
const LARGEST_PRODUCT = 4096;

/**
 * 10⁹ floating-point operations a second of a product of square matrices that double until one takes long enough.
 *
 * @param secondsOf time of a product of so many rows and columns.
 */
export async function productSpeed(secondsOf: (size: number) => Promise<number>): Promise<number> {
  for (let size = 256; ; size *= 2) {
    const seconds = await secondsOf(size);
    if (seconds > LONG_ENOUGH_S || size === LARGEST_PRODUCT) return (2 * size ** 3) / seconds / 1e9;
  }
}

async function secondsOfProduct(size: number): Promise<number> {
  const sides = [randomUniform([size, size]), randomUniform([size, size])] as const;
  const multiply = () => [matMul(...(sides as unknown as [Tensor2D, Tensor2D]))];
  try {
    await secondsFor(multiply, 1);
    return await secondsFor(multiply, 3);
  } finally {
    dispose([...sides]);
  }
}

function traceOf<Name extends string>(
  shapes: Record<Name, number[]>,
  write: (trace: Trace, arrays: Record<Name, Value>) => Value[],
): Computation {
  const trace = new Trace();
  const entries = Object.entries<number[]>(shapes).map(([name, shape]) => [
    name,
    trace.argument(name, shape),
  ]);
  const results = write(trace, Object.fromEntries(entries) as Record<Name, Value>);
  return trace.finish(Object.fromEntries(results.map((value, index) => [index, value])));
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
