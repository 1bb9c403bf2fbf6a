/** A computation as text, an equation a line, for people. */
import type { Computation, Equation } from "./computation.ts";
import type { Value } from "./value.ts";

/** Every argument, equation and result on a line of its own: `%12 f32[16,28,28,32] = gate %11 groups=[[0,64]]`. */
export function showComputation({ arguments: given, equations, results }: Computation): string {
  return [
    ...given.map(({ name, value }) => `${typed(value)} is ${name}`),
    ...equations.map(showEquation),
    ...results.map(({ name, value }) => `${name} = %${value.id}`),
  ].join("\n");
}

function showEquation({ primitive: { op, ...attributes }, inputs, output }: Equation): string {
  const shown = Object.entries(attributes)
    .filter(([name]) => name !== "shape" && name !== "type")
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return [`${typed(output)} =`, op, ...inputs.map(({ id }) => `%${id}`), ...shown].join(" ");
}

function typed({ id, type, shape }: Value): string {
  return `%${id} ${type}[${shape}]`;
}
