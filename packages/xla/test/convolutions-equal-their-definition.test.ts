import { type TapOffset, Trace } from "@pixelcnn/core/computation";
import type { Client, DeviceBuffer } from "@pixelcnn/pjrt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printModule } from "../src/index.ts";
import { pluginPath, startClient } from "./support/client.ts";

const [BATCH, HEIGHT, WIDTH, INS, OUTS] = [4, 6, 5, 8, 16];

const cases: { readonly label: string; readonly offsets: readonly TapOffset[] }[] = [
  { label: "the position itself", offsets: [[0, 0]] },
  { label: "above", offsets: [[-1, 0]] },
  { label: "below", offsets: [[1, 0]] },
  { label: "beside", offsets: [[0, -2]] },
  { label: "beyond the picture", offsets: [[-6, 1]] },
  {
    label: "a row above",
    offsets: [
      [-1, -1],
      [-1, 0],
      [-1, 1],
    ],
  },
  {
    label: "an angle",
    offsets: [
      [-1, 0],
      [0, -1],
    ],
  },
];

/** Sums over every position, tap and pair of channels. */
function reference(offsets: readonly TapOffset[], x: Float32Array, weight: Float32Array, dy: Float32Array) {
  const sums = {
    y: new Float64Array(dy.length),
    dx: new Float64Array(x.length),
    dw: new Float64Array(weight.length),
  };
  for (let b = 0; b < BATCH; b++)
    for (let row = 0; row < HEIGHT; row++)
      for (let column = 0; column < WIDTH; column++)
        offsets.forEach(([down, right], tap) => {
          const [i, j] = [row + down, column + right];
          if (i < 0 || i >= HEIGHT || j < 0 || j >= WIDTH) return;
          const from = ((b * HEIGHT + i) * WIDTH + j) * INS;
          const to = ((b * HEIGHT + row) * WIDTH + column) * OUTS;
          for (let k = 0; k < INS; k++)
            for (let o = 0; o < OUTS; o++) {
              const entry = (tap * INS + k) * OUTS + o;
              sums.y[to + o]! += x[from + k]! * weight[entry]!;
              sums.dx[from + k]! += dy[to + o]! * weight[entry]!;
              sums.dw[entry]! += x[from + k]! * dy[to + o]!;
            }
        });
  return sums;
}

describe.skipIf(!pluginPath)("a compiled convolution", () => {
  let client: Client;
  beforeAll(async () => {
    client = await startClient();
  });
  afterAll(() => client.dispose());

  it.each(cases)("and both its gradients are their definition: $label", async ({ offsets }) => {
    const trace = new Trace();
    const shapes = [
      [BATCH, HEIGHT, WIDTH, INS],
      [offsets.length, INS, OUTS],
      [BATCH, HEIGHT, WIDTH, OUTS],
    ];
    const [x, weight, dy] = ["x", "weight", "dy"].map((name, n) => trace.argument(name, shapes[n]!));
    const computation = trace.finish({
      y: trace.convolution(x!, weight!, offsets),
      dx: trace.apply({ op: "convolutionInputGradient", offsets }, dy!, weight!),
      dw: trace.apply({ op: "convolutionFilterGradient", offsets }, x!, dy!),
    });
    const arrays = shapes.map((shape, n) =>
      Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(12.9898 * (i + 1) + n)),
    );
    const program = await client.compile(printModule(computation));
    const given = await Promise.all(arrays.map((array, n) => client.upload(array, shapes[n]!)));
    const [results] = (await program.execute([given])) as [DeviceBuffer[]];
    const told = await Promise.all(results.map((result) => result.download<Float32Array>()));
    for (const held of [...given, ...results, program]) held.dispose();
    const { y, dx, dw } = reference(offsets, arrays[0]!, arrays[1]!, arrays[2]!);
    for (const [n, expected] of [y, dx, dw].entries()) {
      const errors = expected.map((value, i) => Math.abs(told[n]![i]! - value));
      expect(Math.max(...errors), ["y", "dx", "dw"][n]!).toBeLessThan(2e-5);
    }
  });
});
