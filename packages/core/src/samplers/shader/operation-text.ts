/**
 * An operation as WGSL statements with holes, and the numbers that belong there. Operations of the same shape have the same text
 * and differ only in where their operands lie; so repeated layers are compiled once, as a loop or as one program of several
 * dispatches.
 */

/** Floats start … end - 1 of a memory that invocations share. */
export interface Region {
  readonly space: "activations" | "registers" | "staged" | "partial";
  readonly start: number;
  readonly end: number;
}

/** Statements between which no barrier is needed. */
export interface Phase {
  readonly reads: readonly Region[];
  readonly writes: readonly Region[];
  readonly code: string;
}

export class OperationText {
  readonly numbers: number[] = [];
  readonly phases: Phase[] = [];

  /** A hole for a number. */
  at(value: number): string {
    return `@{${this.numbers.push(value) - 1}}`;
  }

  add(phase: Phase): void {
    this.phases.push(phase);
  }

  /** Statements that touch no shared memory. */
  addText(code: string): void {
    this.phases.push({ reads: [], writes: [], code });
  }
}

/** The text with expressions in its holes. */
export function fillHoles(code: string, expression: (hole: number) => string): string {
  return code.replaceAll(/@\{(\d+)\}/g, (_, hole: string) => expression(Number(hole)));
}
