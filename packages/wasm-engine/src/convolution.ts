/** The convolution by taps and its two gradients, on the kernels. */
import type { OperationOf, TapOffset } from "@pixelcnn/core/computation";
import { type ConvolutionGeometry, runConvolution, runFilterGradient } from "@pixelcnn/wasm-training/kernels";
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
  const geometry = geometryOf(x!, offsets);
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
  const geometry = geometryOf(
    dy!,
    offsets.map(([down, right]) => [-down, -right] as const),
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
  const geometry = geometryOf(x!, offsets);
  return () => runFilterGradient(machine, geometry, addressOf(x!), addressOf(dy!), outs, addressOf(dweight));
}

function geometryOf({ value }: Place, offsets: readonly TapOffset[]): ConvolutionGeometry {
  const [batch, height, width, inChannels] = value.shape as [number, number, number, number];
  return {
    batch,
    inHeight: height,
    inWidth: width,
    outHeight: height,
    outWidth: width,
    strideHeight: 1,
    strideWidth: 1,
    inChannels,
    offsets: offsets.flat(),
  };
}
