import type { Operation, Plan, Sweep } from "./operations.ts";

/** Operations of which each is computed for the whole row before the next, or those of one sweep, which take turns position after position. */
export interface RowStage {
  readonly sweep: Sweep | null;
  readonly operations: readonly Operation[];
}

/** What a row needs before its first position, in order. */
export function rowStagesOf({ operations }: Plan): RowStage[] {
  const stages: { sweep: Sweep | null; operations: Operation[] }[] = [];
  for (const operation of operations) {
    if (operation.kind !== "row") continue;
    const last = stages.at(-1);
    if (last?.sweep === operation.sweep) last.operations.push(operation);
    else stages.push({ sweep: operation.sweep, operations: [operation] });
  }
  return stages;
}

/** The columns of a row in the order of a sweep. */
export function columnsOf({ direction }: Sweep, width: number): number[] {
  return Array.from({ length: width }, (_, step) => (direction === "rightwards" ? step : width - 1 - step));
}
