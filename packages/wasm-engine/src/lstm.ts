/** The LSTM with taps on itself and its gradient, on the kernels. */
import { type OperationOf, type Recurrence, waveOrderOf } from "@pixelcnn/core/computation";
import { type LstmPlan, planLstm, runLstm, runLstmGradient } from "@pixelcnn/wasm-training/kernels";
import type { Machine } from "./machine.ts";
import { addressOf, type Place } from "./place.ts";

/** (x, W) → states */
export function writeLstm(
  machine: Machine,
  operation: OperationOf<"lstm">,
  [x, weight]: readonly Place[],
  states: Place,
): () => void {
  const plan = planOf(operation, x!);
  const at = { x: addressOf(x!), weight: addressOf(weight!), states: addressOf(states) };
  return () => runLstm(machine, plan, at);
}

/** (x, W, states, dstates) → da */
export function writeLstmGradient(
  machine: Machine,
  operation: OperationOf<"lstmGradient">,
  [x, weight, states, dstates]: readonly Place[],
  da: Place,
): () => void {
  const plan = planOf(operation, x!);
  const at = {
    x: addressOf(x!),
    weight: addressOf(weight!),
    states: addressOf(states!),
    dstates: addressOf(dstates!),
    da: addressOf(da),
  };
  return () => runLstmGradient(machine, plan, at);
}

function planOf({ taps, cell, groups }: Recurrence, x: Place): LstmPlan {
  const [batch, height, width, gates] = x.value.shape as [number, number, number, number];
  return planLstm({
    batch,
    height,
    width,
    channels: gates / 4,
    offsets: taps.flat(),
    cell,
    groups: groups.flat(),
    wave: waveOrderOf([...taps, cell]),
  });
}
