/** Which rule changes the weights. */
import type { AdamOptions } from "./adam.ts";

/** Names of the rules: adam.ts, and muon.ts for matrices with Adam for all else. */
export const optimiserNames = ["adam", "muon"] as const;
/** Name of a rule. */
export type OptimiserName = (typeof optimiserNames)[number];

/** A rule and its numbers. */
export interface OptimiserOptions extends AdamOptions {
  /** Adam by default. */
  readonly optimiser?: OptimiserName;
  /** What the matrices lose of themselves per step and learning rate (weight-decay.ts); 0 by default. */
  readonly weightDecay?: number;
}
