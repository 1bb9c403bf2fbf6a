import { checkCausality } from "./causality.ts";
import type { Network } from "./graph.ts";
import { scheduleOf } from "./schedule.ts";
import { checkStructure } from "./structure.ts";

/**
 * The one door to a network, whether a builder made it or a file brought it: nothing computes with a graph that has not
 * passed here.
 *
 * @returns the same object.
 * @throws {NetworkError} when it is not a graph; {CausalityError} when its logits see themselves or the future;
 * {ScheduleError} when it is causal but cannot be drawn row by row.
 */
export function defineNetwork(network: Network): Network {
  checkStructure(network);
  checkCausality(network);
  scheduleOf(network);
  return network;
}
