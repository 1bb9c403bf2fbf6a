/** The convolution by taps and its two gradients, on the kernels. */
import type { Addend, OperationOf } from "@pixelcnn/core/computation";
import { type Addends, runConvolution, runFilterGradient, sameSize } from "@pixelcnn/wasm-training/kernels";
import type { Machine } from "./machine.ts";
import { addressOf, type Place } from "./place.ts";

type Convolution = OperationOf<"convolution" | "summedConvolution">;
type InputGradient = OperationOf<"convolutionInputGradient" | "summedInputGradient">;

/** (x [B,H,W,F], W [taps,F,G], addends …) → [B,H,W,G] */
export function writeConvolution(
  machine: Machine,
  operation: Convolution,
  [x, weight, ...values]: readonly Place[],
  y: Place,
): () => void {
  const [, ins, outs] = weight!.value.shape as [number, number, number];
  const geometry = sameSize(x!.value.shape, operation.offsets.flat());
  const filter = {
    address: addressOf(weight!),
    tapStep: ins * outs * 4,
    inStep: outs * 4,
    outStep: 4,
    outChannels: outs,
  };
  const addends = addendsOf(operation, values);
  return () => runConvolution(machine, geometry, addressOf(x!), filter, addends, addressOf(y));
}

/** (dy, W, addends …) → dx: the convolution of dy by the negated offsets and the transposed matrices. */
export function writeInputGradient(
  machine: Machine,
  operation: InputGradient,
  [dy, weight, ...values]: readonly Place[],
  dx: Place,
): () => void {
  const [, ins, outs] = weight!.value.shape as [number, number, number];
  const geometry = sameSize(
    dy!.value.shape,
    operation.offsets.flatMap(([down, right]) => [-down, -right]),
  );
  const filter = {
    address: addressOf(weight!),
    tapStep: ins * outs * 4,
    inStep: 4,
    outStep: outs * 4,
    outChannels: ins,
  };
  const addends = addendsOf(operation, values);
  return () => runConvolution(machine, geometry, addressOf(dy!), filter, addends, addressOf(dx));
}

function addendsOf(operation: Convolution | InputGradient, values: readonly Place[]): Addends {
  const names = "addends" in operation ? operation.addends : [];
  const at = (name: Addend): number | null => {
    const place = values[names.indexOf(name)];
    return place === undefined ? null : addressOf(place);
  };
  return { bias: at("channels"), pictureBias: at("pictures"), elements: at("elements") };
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
