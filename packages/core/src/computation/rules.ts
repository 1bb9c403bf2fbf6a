/**
 * What every primitive states of itself: the shape and type of its result, and its derivative. Both are needed once, here; executors compute.
 *
 * The derivative is reverse mode's: from the cotangent of the result, those of the inputs, written with primitives again.
 */
import type { Equation } from "./computation.ts";
import type { PrimitiveName, PrimitiveOf } from "./primitive.ts";
import { convolutionRules } from "./primitives/convolution.ts";
import { elementwiseRules } from "./primitives/elementwise.ts";
import { gateRules } from "./primitives/gate.ts";
import { indexingRules } from "./primitives/indexing.ts";
import { layoutRules } from "./primitives/layout.ts";
import { natsRules } from "./primitives/nats.ts";
import { noiseRules } from "./primitives/noise.ts";
import { reductionRules } from "./primitives/reduction.ts";
import type { Trace } from "./trace.ts";
import type { ElementType, Value } from "./value.ts";

/** Shape and type of a result. */
export interface ArrayType {
  readonly shape: readonly number[];
  readonly type: ElementType;
}

/** The rules of one primitive. */
export interface Rules<Name extends PrimitiveName> {
  /** @throws {ShapeError} by {@link mismatch} when the inputs do not fit. */
  infer(primitive: PrimitiveOf<Name>, inputs: readonly Value[]): ArrayType;
  /**
   * Cotangents of the inputs, by input; what is left out is 0. `wanted` says which of them anybody asks for.
   * Absent where nothing can be differentiated: the result is constant, or no integer has a derivative.
   */
  derive?(context: DerivativeContext<Name>): readonly (Value | null)[];
}

export interface DerivativeContext<Name extends PrimitiveName> {
  readonly trace: Trace;
  readonly primitive: PrimitiveOf<Name>;
  readonly inputs: readonly Value[];
  readonly output: Value;
  readonly cotangent: Value;
  readonly wanted: readonly boolean[];
}

const rules: { readonly [Name in PrimitiveName]: Rules<Name> } = {
  ...elementwiseRules,
  ...layoutRules,
  ...reductionRules,
  ...indexingRules,
  ...convolutionRules,
  ...gateRules,
  ...natsRules,
  ...noiseRules,
};

/** The rules of an equation's primitive. */
export function rulesOf(name: PrimitiveName): Rules<PrimitiveName> {
  return rules[name] as Rules<PrimitiveName>;
}

/** Cotangents of an equation's inputs. */
export function derive(
  trace: Trace,
  { primitive, inputs, output }: Equation,
  cotangent: Value,
  wanted: readonly boolean[],
): readonly (Value | null)[] {
  return rulesOf(primitive.op).derive?.({ trace, primitive, inputs, output, cotangent, wanted }) ?? [];
}
