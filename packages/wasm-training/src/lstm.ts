// An LSTM cell at every position of a picture, with taps on its own output.

import type { TensorInfo } from "@tensorflow/tfjs-core";
import { expect, expectTensor } from "./expectations.ts";
import { wasmKernel } from "./kernel-call.ts";
import { type LstmPlan, planLstm } from "./lstm-plan.ts";
import { runLstm, runLstmGradient } from "./lstm-run.ts";

/** x: [B,H,W,4F], filter: [T,F,4F]; both float32. */
export interface TapLstmInputs {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
}

/** states, what `TapLstm` gave, and dstates: [B,H,W,2F]; both float32. */
export interface TapLstmGradInputs extends TapLstmInputs {
  readonly states: TensorInfo;
  readonly dstates: TensorInfo;
}

/** Where positions look at each other, how channels are split, and in which order all that can be computed. */
export interface TapLstmAttributes {
  /** Flattened (dy, dx) pairs, one a tap: where a position reads h. */
  readonly offsets: readonly number[];
  /** Whose cell a position goes on from. */
  readonly cell: readonly [dy: number, dx: number];
  /** Flattened (start, end) ranges of the F channels, in order and without gaps: each has four quarters o, f, i, g in x. */
  readonly groups: readonly number[];
  /** Positions of equal down·y + along·x are computed together: negative for every offset and the cell. `along` is −1, 0 or 1; down 1 where it is 0. */
  readonly wave: readonly [down: number, along: number];
}

/** → h and then c of every position, [B,H,W,2F] */
export const tapLstmKernel = wasmKernel<TapLstmInputs, TapLstmAttributes>("TapLstm", (call) => {
  const { x, filter } = call.inputs;
  const plan = planOf("TapLstm", call.inputs, call.attributes);
  const states = call.output([...x.shape.slice(0, 3), 2 * plan.channels]);
  runLstm(call, plan, { x: call.at(x), weight: call.at(filter), states: call.at(states) });
  return states;
});

/** → da, the gradient at the gates' sums, which is x's: [B,H,W,4F]. The filter's is `TapConv2DBackpropFilter` of h and da. */
export const tapLstmGradKernel = wasmKernel<TapLstmGradInputs, TapLstmAttributes>("TapLstmGrad", (call) => {
  const { x, filter, states, dstates } = call.inputs;
  const plan = planOf("TapLstmGrad", call.inputs, call.attributes);
  const shape = [...x.shape.slice(0, 3), 2 * plan.channels];
  expectTensor("TapLstmGrad", "states", states, "float32", shape);
  expectTensor("TapLstmGrad", "dstates", dstates, "float32", shape);
  const da = call.output(x.shape);
  runLstmGradient(call, plan, {
    x: call.at(x),
    weight: call.at(filter),
    states: call.at(states),
    dstates: call.at(dstates),
    da: call.at(da),
  });
  return da;
});

function planOf(
  kernel: string,
  { x, filter }: TapLstmInputs,
  { offsets, cell, groups, wave }: TapLstmAttributes,
): LstmPlan {
  expectTensor(kernel, "x", x, "float32", [null, null, null, null]);
  const [batch, height, width, gates] = x.shape as [number, number, number, number];
  const channels = gates / 4;
  expect(
    coversChannels(groups, channels),
    () =>
      `${kernel}: groups [${groups}] must be (start, end) pairs that follow each other from 0 to a quarter of x's ${gates} channels.`,
  );
  const all = [...(offsets ?? []), ...(cell ?? [])];
  const [down, along] = wave ?? [];
  const isOrder =
    Number.isSafeInteger(down) && down! > 0 && [-1, 0, 1].includes(along!) && (along !== 0 || down === 1);
  const goesOn = all.every((_, i) => i % 2 === 1 || down! * all[i]! + along! * all[i + 1]! < 0);
  expect(
    isOrder && cell?.length === 2 && all.length % 2 === 0 && all.every(Number.isSafeInteger) && goesOn,
    () =>
      `${kernel}: offsets [${offsets}] and cell [${cell}] must be whole (dy, dx) pairs, each of an earlier wave by [${wave}]: down·dy + along·dx < 0.`,
  );
  expectTensor(kernel, "filter", filter, "float32", [offsets.length / 2, channels, gates]);
  const order = { down: down!, along: along! };
  return planLstm({ batch, height, width, channels, offsets, cell, groups, wave: order });
}

function coversChannels(groups: readonly number[] | undefined, channels: number): boolean {
  const isJoined = groups?.every((value, i) => {
    if (i % 2 === 0) return value === (i === 0 ? 0 : groups[i - 1]);
    return Number.isSafeInteger(value) && value >= groups[i - 1]!;
  });
  return isJoined === true && groups!.length % 2 === 0 && groups!.at(-1) === channels && channels > 0;
}
