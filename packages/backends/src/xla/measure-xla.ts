/** The speed of XLA at the convolution of measure-convolution.ts, compiled. */
import { maskedKernel } from "@pixelcnn/core";
import { type Computation, Trace, type Value } from "@pixelcnn/core/computation";
import type { Client, DeviceBuffer } from "@pixelcnn/pjrt";
import { printModule } from "@pixelcnn/xla";
import type { MeasuredSize, Speed } from "../engine.ts";
import { measured, productSpeed } from "../tensorflow-js/measure-convolution.ts";
import { startXla, type XlaDevice } from "./start-xla.ts";

const SECONDS = 0.5;
const { side, inputs, outputs } = measured;
const taps = maskedKernel(3, "B", 1).map(({ dy, dx }) => [dy, dx] as const);
const shapesOf = (pictures: number) => ({
  x: [pictures, side, side, inputs],
  weight: [taps.length, inputs, outputs],
  dy: [pictures, side, side, outputs],
});

/** Takes about three seconds. */
export async function measureXla(
  { pictures = measured.pictures }: MeasuredSize = {},
  start: () => Promise<XlaDevice> = startXla,
): Promise<Speed> {
  const shapes = shapesOf(pictures);
  const { client } = await start();
  try {
    const gflop = (2 * pictures * side * side * taps.length * inputs * outputs) / 1e9;
    const forward = await secondsOf(client, shapes, (trace, { x, weight }) => [
      trace.convolution(x, weight, taps),
    ]);
    const backward = await secondsOf(client, shapes, (trace, { x, weight, dy }) => [
      trace.apply({ op: "convolutionInputGradient", offsets: taps }, dy, weight),
      trace.apply({ op: "convolutionFilterGradient", offsets: taps }, x, dy),
    ]);
    const product = (size: number) =>
      secondsOf(client, { x: [size, size], weight: [size, size] }, (trace, { x, weight }) => [
        trace.apply({ op: "product", transposeLeft: false, transposeRight: false }, x, weight),
      ]);
    return {
      productGflops: await productSpeed(product),
      forwardGflops: gflop / forward,
      backwardGflops: (2 * gflop) / backward,
    };
  } finally {
    await client.dispose();
  }
}

type Shapes = Readonly<Record<string, readonly number[]>>;

async function secondsOf<Given extends Shapes>(
  client: Client,
  shapes: Given,
  write: (trace: Trace, arrays: Record<keyof Given, Value>) => Value[],
): Promise<number> {
  const program = await client.compile(printModule(traceOf(shapes, write)));
  const given = await Promise.all(
    Object.values(shapes).map((shape) => {
      const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
      return client.upload(values.map(Math.random), shape);
    }),
  );
  const times: number[] = [];
  const end = performance.now() + 1000 * SECONDS;
  do {
    const started = performance.now();
    const [results] = (await program.execute([given])) as [DeviceBuffer[]];
    await Promise.all(results.map((result) => result.ready()));
    times.push((performance.now() - started) / 1000);
    for (const result of results) result.dispose();
  } while (performance.now() < end || times.length < 3);
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}

function traceOf<Given extends Shapes>(
  shapes: Given,
  write: (trace: Trace, arrays: Record<keyof Given, Value>) => Value[],
): Computation {
  const trace = new Trace();
  const entries = Object.entries(shapes).map(([name, shape]) => [name, trace.argument(name, shape)] as const);
  const results = write(trace, Object.fromEntries(entries) as Record<keyof Given, Value>);
  return trace.finish(Object.fromEntries(results.map((value, index) => [`result${index}`, value])));
}
