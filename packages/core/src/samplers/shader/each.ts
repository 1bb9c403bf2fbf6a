/** What the invocations of a workgroup do for one thing each. */

/** Which things: `from` … `to` - 1. */
interface Range {
  readonly from?: number;
  readonly to: number;
}

/**
 * Statements for every `name` of a range, divided among the invocations. A loop only where there are more of them than invocations: in compilers
 * a loop that ends at its first turn costs more than a condition.
 */
export function each(name: string, { from = 0, to }: Range, invocations: number, code: string): string {
  const first = from === 0 ? "lane" : `${from}u + lane`;
  return to - from > invocations
    ? `for (var ${name} = ${first}; ${name} < ${to}u; ${name} += ${invocations}u) {\n  ${code}\n}`
    : `if (lane < ${to - from}u) {\n  let ${name} = ${first};\n  ${code}\n}`;
}
