/**
 * Reverse mode over a recorded list: cotangents flow from the result back to the inputs, and are recorded like everything else.
 *
 *     x̄ = Σ over the equations y = f(…, x, …)  of  (∂f/∂x)ᵀ ȳ            ȳ of the result itself: 1
 *
 * Griewank & Walther 2008, "Evaluating Derivatives", chapter 3. No tape, no closures: the list is the tape.
 */
import { ShapeError } from "../errors.ts";
import { derive } from "./rules.ts";
import type { Trace } from "./trace.ts";
import type { Value } from "./value.ts";

/**
 * The gradient of a scalar.
 *
 * @param result a scalar of `trace`.
 * @param inputs values of `trace` that it may depend on.
 * @returns one value an input, of its shape; zeros where `result` does not depend on it.
 * @throws {ShapeError} when `result` is no scalar.
 */
export function differentiate(trace: Trace, result: Value, inputs: readonly Value[]): Value[] {
  if (result.shape.length !== 0)
    throw new ShapeError(`expected a scalar to differentiate, got [${result.shape}]`);
  const equations = [...trace.equations];
  const depends = new Set(inputs.map(({ id }) => id));
  for (const equation of equations) {
    if (equation.inputs.some(({ id }) => depends.has(id))) depends.add(equation.output.id);
  }
  const cotangents = new Map<number, Value>([[result.id, trace.constant(1)]]);
  for (const equation of [...equations].reverse()) {
    const cotangent = cotangents.get(equation.output.id);
    if (!cotangent || !depends.has(equation.output.id)) continue;
    const wanted = equation.inputs.map(({ id }) => depends.has(id));
    derive(trace, equation, cotangent, wanted).forEach((part, index) => {
      if (part === null || !wanted[index]) return;
      const { id } = equation.inputs[index]!;
      const known = cotangents.get(id);
      cotangents.set(id, known ? trace.add(known, part) : part);
    });
  }
  return inputs.map((input) => cotangents.get(input.id) ?? trace.constant(0, input.shape));
}
