// Lowering: from a graph to few, fused operations, each with its place in memory and its time. What the network alone decides is made
// once per network (instructions, plan); what its weights decide, once per model (constants).

export { type Constants, constantsOf } from "./constants.ts";
export {
  type Activation,
  type Affine,
  type Attention,
  type Buffer,
  type Cell,
  channelsWritten,
  type Gate,
  type Lookup,
  type Operation,
  type Plan,
  type Planes,
  type Slot,
  type Sum,
  type Sweep,
} from "./operations.ts";
export { planOf } from "./plan.ts";
export { roundUp } from "./round-up.ts";
export { columnsOf, rowStagesOf } from "./row-stages.ts";
export { inputCount, type Window } from "./windows.ts";
