// y = tanh(a)·σ(b): the gate of gated convolutional networks, and its gradient.

import type { TensorInfo } from "@tensorflow/tfjs-core";
import { expect, expectTensor, sizeOf } from "./expectations.ts";
import { type KernelCall, wasmKernel } from "./kernel-call.ts";
import { withScratch, writeInts } from "./wasm-backend.ts";

/** x: [..., 2F] float32. */
export interface GatedActivationInputs {
  readonly x: TensorInfo;
}

/** x: [..., 2F], dy: [..., F], both float32; y: x's GatedActivation [..., F], where it is at hand: tanh(a) is worked out of it, not anew. */
export interface GatedActivationGradInputs {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
  readonly y?: TensorInfo;
}

/**
 * `groups` is flattened (start, end) channel ranges of x, in order and without gaps. In each, the first half is a
 * (tanh) and the second b (σ); the outputs of all ranges follow each other in y.
 */
export interface GatedActivationAttributes {
  readonly groups: readonly number[];
}

export const gatedActivationKernel = wasmKernel<GatedActivationInputs, GatedActivationAttributes>(
  "GatedActivation",
  (call) => {
    const { x } = call.inputs;
    expectTensor("GatedActivation", "x", x, "float32");
    return withRanges("GatedActivation", call, x, (ranges, rangeCount) => {
      const channels = x.shape.at(-1)!;
      const y = call.output([...x.shape.slice(0, -1), channels / 2]);
      const rows = sizeOf(x.shape.slice(0, -1));
      call.functions.gatedActivation(call.at(x), call.at(y), rows, channels * 4, ranges, rangeCount);
      return y;
    });
  },
);

export const gatedActivationGradKernel = wasmKernel<GatedActivationGradInputs, GatedActivationAttributes>(
  "GatedActivationGrad",
  (call) => {
    const { x, dy, y } = call.inputs;
    expectTensor("GatedActivationGrad", "x", x, "float32");
    return withRanges("GatedActivationGrad", call, x, (ranges, rangeCount) => {
      const channels = x.shape.at(-1)!;
      const half = [...x.shape.slice(0, -1), channels / 2];
      expectTensor("GatedActivationGrad", "dy", dy, "float32", half);
      const dx = call.output(x.shape);
      const rows = sizeOf(x.shape.slice(0, -1));
      // tfjs hands an absent optional input on as null or undefined.
      if (y === undefined || y === null) {
        const [from, down, to] = [call.at(x), call.at(dy), call.at(dx)];
        call.functions.gatedActivationGrad(from, down, to, rows, channels * 4, ranges, rangeCount);
      } else {
        expectTensor("GatedActivationGrad", "y", y, "float32", half);
        const [from, out, down, to] = [call.at(x), call.at(y), call.at(dy), call.at(dx)];
        call.functions.gatedActivationGradOfOutput(
          from,
          out,
          down,
          to,
          rows,
          channels * 4,
          ranges,
          rangeCount,
        );
      }
      return dx;
    });
  },
);

/** Checks the groups and lends `use` the table that the compiled kernels read. */
function withRanges<Inputs>(
  kernel: string,
  call: KernelCall<Inputs, GatedActivationAttributes>,
  x: TensorInfo,
  use: (ranges: number, rangeCount: number) => TensorInfo,
): TensorInfo {
  const { groups } = call.attributes;
  const table: number[] = [];
  let covered = 0;
  const channels = x.shape.at(-1);
  for (let i = 0; i < (groups?.length ?? 0); i += 2) {
    const [start, end] = [groups[i]!, groups[i + 1] ?? Number.NaN];
    const half = (end - start) / 2;
    if (start !== covered || !Number.isInteger(half) || half <= 0) break;
    table.push(start * 4, start * 2, half * 4);
    covered = end;
  }
  expect(
    covered > 0 && covered === channels && table.length * 2 === groups.length * 3,
    () =>
      `${kernel}: groups [${groups}] must be (start, end) pairs of even length that follow each other from 0 to ${channels}.`,
  );
  return withScratch(call.backend, [table.length * 4], (ranges) => {
    writeInts(call.backend, ranges!, table);
    return use(ranges!, table.length / 3);
  });
}
