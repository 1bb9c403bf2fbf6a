/**
 * Computations as data: what a training step does, recorded, differentiated and shown. Needs no TensorFlow.js.
 *
 * @module @pixelcnn/core/computation
 */

export { type WaveOrder, waveAt, waveCount, waveOrderOf, wavesOf } from "../network/waves.ts";
export type { Argument, Computation, Equation } from "./computation.ts";
export { differentiate } from "./differentiate.ts";
export { type ForwardInputs, forwardPass, natsOfValues, type TrainingPass } from "./forward-pass.ts";
export type {
  BinaryKind,
  Primitive,
  PrimitiveName,
  PrimitiveOf,
  Recurrence,
  TapOffset,
  UnaryKind,
} from "./primitive.ts";
export { quartersByGate, quartersByGroup } from "./quarters.ts";
export { showComputation } from "./show.ts";
export {
  type Addend,
  type Fused,
  type Operation,
  type OperationName,
  type OperationOf,
  type Step,
  stepsOf,
} from "./steps.ts";
export { Trace } from "./trace.ts";
export type { ElementType, Value } from "./value.ts";
