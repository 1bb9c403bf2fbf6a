/**
 * A barrier exactly where one is needed: before a phase that reads what another invocation may just have written, or writes what
 * another may still read. Everything that stands between barriers is executed by all invocations of a workgroup.
 */
import type { OperationText, Region } from "./operation-text.ts";

const STORAGE = 1;
const WORKGROUP = 2;

interface Access extends Region {
  readonly isWrite: boolean;
}

/** Follows what has been touched since the last barrier, over all operations at a position. */
export class BarrierPlan {
  #open: Access[] = [];

  /** @returns the text of an operation, with the barriers that it needs before and within it. */
  place({ phases }: OperationText): string {
    // All that it needs because of others comes first, so that equal operations have equal texts.
    const lines = barrierLines(this.#close(phases.flatMap(accessesOf)));
    for (const phase of phases) {
      const accesses = accessesOf(phase);
      lines.push(...barrierLines(this.#close(accesses)), phase.code);
      this.#open.push(...accesses);
    }
    return lines.join("\n");
  }

  /** Barriers before these accesses, which settle what is open in their memory. */
  #close(accesses: readonly Access[]): number {
    const conflicts = this.#open.filter((earlier) => accesses.some((access) => conflict(earlier, access)));
    const barriers = conflicts.reduce((bits, { space }) => bits | barrierOf(space), 0);
    this.#open = this.#open.filter(({ space }) => !(barrierOf(space) & barriers));
    return barriers;
  }
}

function barrierOf(space: Region["space"]): number {
  return space === "activations" ? STORAGE : WORKGROUP;
}

function barrierLines(barriers: number): string[] {
  return [
    ...(barriers & STORAGE ? ["storageBarrier();"] : []),
    ...(barriers & WORKGROUP ? ["workgroupBarrier();"] : []),
  ];
}

function accessesOf({ reads, writes }: OperationText["phases"][number]): Access[] {
  return [
    ...reads.map((region): Access => ({ ...region, isWrite: false })),
    ...writes.map((region): Access => ({ ...region, isWrite: true })),
  ];
}

function conflict(a: Access, b: Access): boolean {
  return (a.isWrite || b.isWrite) && a.space === b.space && a.start < b.end && b.start < a.end;
}
