/**
 * What every primitive states of itself: the shape and type of its result, and its derivative. Both are needed once; executors compute.
 *
 * The derivative is reverse mode's: from the cotangent of the result, those of the inputs, written with primitives again.
 */
import type { Expressions } from "./expressions.ts";
import type { PrimitiveName, PrimitiveOf } from "./primitive.ts";
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
  readonly trace: Expressions;
  readonly primitive: PrimitiveOf<Name>;
  readonly inputs: readonly Value[];
  readonly output: Value;
  readonly cotangent: Value;
  readonly wanted: readonly boolean[];
}
