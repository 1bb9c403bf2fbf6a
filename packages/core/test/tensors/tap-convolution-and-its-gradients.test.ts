/** A convolution over taps and its three gradients, against the sums of their definitions in float64. */
import { dispose, type Tensor, tensor1d, tensor3d, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { differentiate } from "../../src/computation/differentiate.ts";
import { Trace } from "../../src/computation/trace.ts";
import { maskedKernel, rowLeft, rowsAbove, rowsUpTo } from "../../src/network/taps.ts";
import { execute } from "../../src/tensors/execute.ts";
import { backends, useBackend } from "../support/backends.ts";
import { expectClose } from "../support/close.ts";
import { combinations } from "../support/pairwise.ts";

const kernels: Record<string, readonly { readonly dy: number; readonly dx: number }[]> = {
  "mask A, 3×3": maskedKernel(3, "A", 1),
  "mask B, 5×5": maskedKernel(5, "B", 1),
  "rows above, 7×7": rowsAbove(7, 1),
  "rows up to, 3×3": rowsUpTo(3, 1),
  "left, 1×7": rowLeft(7, "A", 1),
  "left and centre, 1×3": rowLeft(3, "B", 1),
  "1×1": [{ dy: 0, dx: 0 }],
  "one far above": [{ dy: -3, dx: 0 }],
  "one to the right above": [{ dy: -1, dx: 2 }],
  "scattered, out of order": [
    { dy: 0, dx: 2 },
    { dy: -2, dx: -1 },
    { dy: 1, dx: 0 },
    { dy: -1, dx: 3 },
  ],
};

const table = combinations({
  kernel: Object.keys(kernels),
  dilation: [1, 2, 3],
  size: [
    [5, 5],
    [4, 7],
    [1, 3],
  ],
  channels: [
    [1, 3],
    [4, 1],
    [3, 5],
  ],
  bias: [true, false],
  backend: backends,
});

const batch = 2;

describe.each(table)(
  "$kernel, dilation $dilation, $size, $channels channels, bias $bias, $backend",
  ({ kernel, dilation, size: [height, width], channels: [inputs, outputs], bias, backend }) => {
    const layout = { taps: kernels[kernel]!, dilation };
    const taps = layout.taps.length;
    const wave = (length: number, phase: number) =>
      Float32Array.from({ length }, (_, i) => Math.sin(12.9898 * (i + 1) + phase));
    const x = wave(batch * height * width * inputs, 1);
    const weight = wave(taps * inputs * outputs, 2);
    const offset = wave(outputs, 3);
    const dy = wave(batch * height * width * outputs, 4);

    /** Calls back with flat indices of x, weight and y for every product of the sum. */
    function eachProduct(call: (x: number, weight: number, y: number) => void) {
      for (let p = 0; p < batch * height * width; p++) {
        const row = Math.floor(p / width) % height;
        const column = p % width;
        layout.taps.forEach((tap, t) => {
          const [down, right] = [tap.dy * dilation, tap.dx * dilation];
          if (row + down < 0 || row + down >= height || column + right < 0 || column + right >= width) return;
          const q = p + down * width + right;
          for (let i = 0; i < inputs; i++) {
            for (let o = 0; o < outputs; o++) {
              call(q * inputs + i, (t * inputs + i) * outputs + o, p * outputs + o);
            }
          }
        });
      }
    }

    const rounding = (expected: Float64Array) => 2e-6 * Math.max(1, ...expected.map(Math.abs));

    let tensors: Tensor[];
    const traced = () => {
      const trace = new Trace();
      const inputs = tensors.map(({ shape }, index) => trace.argument(String(index), shape));
      const offsets = layout.taps.map((tap) => [tap.dy * dilation, tap.dx * dilation] as const);
      const sum = trace.convolution(inputs[0]!, inputs[1]!, offsets);
      const y = bias ? trace.add(sum, trace.atEveryPosition(inputs[2]!, sum.shape)) : sum;
      return { trace, inputs, y };
    };
    beforeAll(async () => {
      await useBackend(backend);
      tensors = [
        tensor4d(x, [batch, height, width, inputs]),
        tensor3d(weight, [taps, inputs, outputs]),
        ...(bias ? [tensor1d(offset)] : []),
      ];
      return () => dispose(tensors);
    });

    it("is the sum over the taps inside the picture", () => {
      const { trace, y: value } = traced();
      const y = tidy(() => execute(trace.finish({ value }), tensors).value!.dataSync());
      const expected = Float64Array.from(dy, (_, i) => (bias ? offset[i % outputs]! : 0));
      eachProduct((i, w, o) => {
        expected[o]! += x[i]! * weight[w]!;
      });
      expectClose(y, expected, rounding(expected));
    });

    it("has the gradients of that sum", () => {
      const found = tidy(() => {
        const seed = tensor4d(dy, [batch, height, width, outputs]);
        const { trace, inputs, y } = traced();
        const loss = trace.sum(trace.multiply(y, trace.argument("seed", y.shape)));
        const parts = differentiate(trace, loss, inputs);
        const computation = trace.finish(Object.fromEntries(parts.map((part, index) => [index, part])));
        const gradients = Object.values(execute(computation, [...tensors, seed]));
        expect(gradients.map(({ shape }) => shape)).toEqual(tensors.map(({ shape }) => shape));
        return gradients.map((gradient) => gradient.dataSync());
      });
      const [dx, dWeight, dBias] = [x, weight, offset].map(({ length }) => new Float64Array(length)) as [
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      eachProduct((i, w, o) => {
        dx[i]! += dy[o]! * weight[w]!;
        dWeight[w]! += dy[o]! * x[i]!;
      });
      dy.forEach((value, i) => {
        dBias[i % outputs]! += value;
      });
      expectClose(found[0]!, dx, rounding(dx));
      expectClose(found[1]!, dWeight, rounding(dWeight));
      if (bias) expectClose(found[2]!, dBias, rounding(dBias));
    });
  },
);
