/** A model's plan with its numbers, as the interpreter wants it: which operations a row needs, and which a position. */
import {
  type Constants,
  columnsOf,
  constantsOf,
  type Operation,
  type Plan,
  planOf,
  rowStagesOf,
} from "../../../lowering/index.ts";
import type { Model } from "../../../network/model.ts";
import { oncePer } from "../../../network/once-per.ts";
import { attend, type PlacedAttention, placeAttention } from "./attention.ts";
import { type PlacedCell, placeCell, runCells } from "./cell.ts";
import { mapChannels, type PlacedElementwise, placeElementwise } from "./elementwise.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { type PlacedPlanes, placePlanes, writePlanes } from "./planes.ts";
import { addUp, type PlacedSum, placeSum } from "./sum.ts";

type Step = PlacedSum | PlacedCell | PlacedElementwise | PlacedPlanes | PlacedAttention;

/** Steps that take turns, column after column, before those that follow begin. */
interface RowWalk {
  /** In their order. */
  readonly columns: readonly number[];
  readonly steps: readonly Step[];
}

/** Every operation with its numbers and the places in memory that it reads and writes. */
export interface PlacedPlan {
  readonly plan: Plan;
  readonly constants: Constants;
  readonly layout: Layout;
  /** What a row needs before it starts. */
  readonly row: readonly RowWalk[];
  /** What a position needs after 0 … C of its picture channels are known. */
  readonly steps: readonly (readonly Step[])[];
}

/** Made once per model. */
export const placedPlanOf = oncePer(place);

/** Computes an operation at (y, x) of the picture in `memory`. */
export function runStep(step: Step, memory: Float32Array, y: number, x: number): void {
  if (step.op === "sum") addUp(step, memory, y, x);
  else if (step.op === "cell") runCells(step, memory, y, x);
  else if (step.op === "planes") writePlanes(step, memory, y, x);
  else if (step.op === "attention") attend(step, memory, y, x);
  else mapChannels(step, memory, y, x);
}

function place(model: Model): PlacedPlan {
  const { width, channels } = model.network.picture;
  const plan = planOf(model.network);
  const constants = constantsOf(model);
  const layout = layoutOf(plan, width);
  const placed = (operation: Operation): Step => {
    if (operation.op === "sum") return placeSum(operation, constants, layout);
    if (operation.op === "cell") return placeCell(operation, layout);
    if (operation.op === "planes") return placePlanes(operation, layout, model.network.picture);
    if (operation.op === "attention") return placeAttention(operation, layout, model.network.picture);
    return placeElementwise(operation, layout);
  };
  const rightwards = columnsOf({ direction: "rightwards" }, width);
  return {
    plan,
    constants,
    layout,
    row: rowStagesOf(plan).flatMap(({ sweep, operations }): RowWalk[] => {
      const steps = operations.map(placed);
      if (sweep === null) return steps.map((step) => ({ columns: rightwards, steps: [step] }));
      return [{ columns: columnsOf(sweep, width), steps }];
    }),
    steps: Array.from({ length: channels + 1 }, (_, due) =>
      plan.operations.filter(({ kind, step }) => kind === "position" && step === due).map(placed),
    ),
  };
}
