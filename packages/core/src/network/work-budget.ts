/**
 * How much work a graph may ask for. A stranger's file can want minutes of it in a few kilobytes, so whatever takes more than a
 * look at every node, tap and pair is paid for before it is done, and all passes of one reading pay out of one budget.
 */
import { NetworkError } from "../errors.ts";
import type { Network } from "./graph.ts";

/**
 * One step looks at 32 offsets of a set, which takes some nanoseconds: a quarter of a second in all. 64 gated blocks on
 * 400×400 RGB pictures take 6 million steps, with dilations up to 16 they take 54 million.
 */
const MAX_STEPS = 2 ** 26;

/** Steps that are left for the passes over one graph. */
export class WorkBudget {
  #left = MAX_STEPS;

  constructor(
    readonly network: Network,
    /** What the work is for, as a message says it. */
    readonly purpose = "prove causal",
  ) {}

  /** @throws {NetworkError} when so many steps are not left. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left >= 0) return;
    const { picture, nodes } = this.network;
    throw new NetworkError(
      `expected a graph that ${MAX_STEPS} steps ${this.purpose}, got ${nodes.length} nodes on ` +
        `${picture.height}×${picture.width} pictures, which take more; use fewer nodes or taps, or smaller pictures`,
    );
  }
}
