/**
 * Records a computation. Nothing is computed; shapes and types are known at once.
 */
import type { Argument, Computation, Equation } from "./computation.ts";
import { Expressions } from "./expressions.ts";
import type { Primitive } from "./primitive.ts";
import { rulesOf } from "./rules.ts";
import type { ElementType, Value } from "./value.ts";

/**
 * Records a computation: every method applies a primitive to values and returns the result. What was recorded before with the same inputs is returned again,
 * and what no result needs is left out in the end. Methods throw a ShapeError for inputs that do not fit.
 */
export class Trace extends Expressions {
  readonly #arguments: Argument[] = [];
  readonly #equations: Equation[] = [];
  readonly #known = new Map<string, Value>();
  #nextId = 0;

  /** The equations so far, in order. */
  get equations(): readonly Equation[] {
    return this.#equations;
  }

  /** An array that the caller of the computation gives. */
  argument(name: string, shape: readonly number[], type: ElementType = "f32"): Value {
    const value: Value = { id: this.#nextId++, shape, type };
    this.#arguments.push({ name, value });
    return value;
  }

  override apply(primitive: Primitive, ...inputs: Value[]): Value {
    const key = `${JSON.stringify(primitive)} ${inputs.map(({ id }) => id).join(" ")}`;
    const known = this.#known.get(key);
    if (known) return known;
    const output: Value = { id: this.#nextId++, ...rulesOf(primitive.op).infer(primitive as never, inputs) };
    this.#equations.push({ primitive, inputs, output });
    this.#known.set(key, output);
    return output;
  }

  /** The computation of the named results, without what none of them needs. */
  finish(results: Readonly<Record<string, Value>>): Computation {
    const needed = new Set(Object.values(results).map(({ id }) => id));
    const equations = [...this.#equations]
      .reverse()
      .filter(({ inputs, output }) => {
        if (!needed.has(output.id)) return false;
        for (const { id } of inputs) needed.add(id);
        return true;
      })
      .reverse();
    return {
      arguments: [...this.#arguments],
      equations,
      results: Object.entries(results).map(([name, value]) => ({ name, value })),
    };
  }
}
