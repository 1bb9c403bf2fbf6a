/** Which runs the list shows, and in which order. */
import { runColumns } from "./run-columns.ts";
import { matches } from "./run-query.ts";
import type { RunStatus } from "./run-status.ts";

export interface RunOrder {
  /** Index into `runColumns`. */
  readonly column: number;
  readonly isDescending: boolean;
}

export const byName: RunOrder = { column: 0, isDescending: false };

/** run-2 before run-10. */
const names = new Intl.Collator("en", { numeric: true });

/** Those that fit the filter, sorted; equal ones by their names. */
export function shownRuns(list: readonly RunStatus[], filter: string, order: RunOrder): readonly RunStatus[] {
  const fitting = filter.trim() === "" ? list : list.filter((run) => matches(filter, run));
  const { value } = runColumns[order.column]!;
  const sign = order.isDescending ? -1 : 1;
  return [...fitting].sort((a, b) => {
    const [first, second] = [value(a), value(b)];
    const missing = Number(first === null) - Number(second === null);
    const words = typeof first === "string" && typeof second === "string";
    const byColumn = words ? names.compare(first, second) : Number(first) - Number(second);
    return missing || sign * byColumn || names.compare(a.name, b.name);
  });
}

/** The next column; figures begin with the highest, words with the first. */
export function nextOrder({ column }: RunOrder): RunOrder {
  const next = (column + 1) % runColumns.length;
  return { column: next, isDescending: runColumns[next]!.align === "right" && isBetterHigh(next) };
}

/** Of a likelihood the lowest is the best. */
function isBetterHigh(column: number): boolean {
  return !["test nats", "bits/dim"].includes(runColumns[column]!.name);
}
