/** A computation as data: which arrays go in, what is done one thing after another, which arrays come out. */
import type { Primitive } from "./primitive.ts";
import type { Value } from "./value.ts";

/** One primitive applied to values. */
export interface Equation {
  readonly primitive: Primitive;
  readonly inputs: readonly Value[];
  readonly output: Value;
}

/** An argument: an array that the caller gives. */
export interface Argument {
  readonly name: string;
  readonly value: Value;
}

/** A straight list of equations. Every value is an argument or the output of one equation, and stands before its uses. */
export interface Computation {
  readonly arguments: readonly Argument[];
  readonly equations: readonly Equation[];
  /** What comes out, in order. The same value may come out twice, and an argument may come out as it is. */
  readonly results: readonly { readonly name: string; readonly value: Value }[];
}
