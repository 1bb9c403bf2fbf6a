/** The convolution by taps and its two gradients, on the kernels. */
import type { OperationOf } from "@pixelcnn/core/computation";
import { runConvolution, runFilterGradient, sameSize } from "@pixelcnn/wasm-training/kernels";
import type { Machine } from "./machine.ts";
import { addressOf, type Place } from "./place.ts";

/** (x [B,H,W,F], W [taps,F,G], bias? [G]) → [B,H,W,G] */
export function writeConvolution(
  machine: Machine,
  { offsets }: OperationOf<"convolution" | "biasedConvolution">,
  [x, weight, bias]: readonly Place[],
  y: Place,
): () => void {
  const [, ins, outs] = weight!.value.shape as [number, number, number];
  const geometry = sameSize(x!.value.shape, offsets.flat());
  const filter = {
    address: addressOf(weight!),
    tapStep: ins * outs * 4,
    inStep: outs * 4,
    outStep: 4,
    outChannels: outs,
  };
  const start = bias === undefined ? null : addressOf(bias);
  return () => runConvolution(machine, geometry, addressOf(x!), filter, start, addressOf(y));
}

/** (dy, W) → dx: the convolution of dy by the negated offsets and the transposed matrices. */
export function writeInputGradient(
  machine: Machine,
  { offsets }: OperationOf<"convolutionInputGradient">,
  [dy, weight]: readonly Place[],
  dx: Place,
): () => void {
  const [, ins, outs] = weight!.value.shape as [number, number, number];
  const geometry = sameSize(
    dy!.value.shape,
    offsets.flatMap(([down, right]) => [-down, -right]),
  );
  const filter = {
    address: addressOf(weight!),
    tapStep: ins * outs * 4,
    inStep: 4,
    outStep: outs * 4,
    outChannels: ins,
  };
  return () => runConvolution(machine, geometry, addressOf(dy!), filter, null, addressOf(dx));
}

/** (x, dy) → dW [taps,F,G] */
export function writeFilterGradient(
  machine: Machine,
  { offsets }: OperationOf<"convolutionFilterGradient">,
  [x, dy]: readonly Place[],
  dweight: Place,
): () => void {
  const outs = dy!.value.shape[3]!;
  const geometry = sameSize(x!.value.shape, offsets.flat());
  return () => runFilterGradient(machine, geometry, addressOf(x!), addressOf(dy!), outs, addressOf(dweight));
}
