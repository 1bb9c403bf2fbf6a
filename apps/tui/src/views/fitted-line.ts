/** A line that gives way to a narrow window, part by part, before it is cut. */

/** What is said at first, then what is said instead, ever shorter; the last may be empty, which leaves the part out. */
export type Part = string | readonly string[];

const BETWEEN = " · ";

/** The parts in a line; while it is too long, the last part that has a shorter form takes it. */
export function fittedLine(parts: readonly Part[], columns: number): string {
  const left = parts.map((part) => (typeof part === "string" ? [part] : [...part]));
  const backwards = [...left].reverse();
  for (;;) {
    const line = left.flatMap(([shown]) => (shown ? [shown] : [])).join(BETWEEN);
    const next = backwards.find(({ length }) => length > 1);
    if (line.length <= columns || next === undefined) return line;
    next.shift();
  }
}
