import { ShapeError } from "../errors.ts";
import type { Value } from "./value.ts";

/**
 * Refuses inputs that do not fit a primitive.
 * @throws {ShapeError} always
 */
export function mismatch(name: string, expected: string, inputs: readonly Value[]): never {
  const got = inputs.map(({ type, shape }) => `${type}[${shape}]`).join(", ");
  throw new ShapeError(`${name}: expected ${expected}, got ${got}`);
}

/** Whether two arrays have the same shape and type. */
export function alike(x: Value, y: Value): boolean {
  return x.type === y.type && sameShape(x.shape, y.shape);
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}
