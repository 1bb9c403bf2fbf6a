import type { Network } from "@pixelcnn/core";
import { classColumns, squareColumns } from "@pixelcnn/pictures";
import { labelsInRows, labelsInTurn } from "./class-labels.ts";
import { DrawingError } from "./drawing-error.ts";

/** What somebody wants drawn. */
export interface DrawingWish {
  readonly count: number;
  /** A class label, or "all" for a row per class; the classes in turn when left out. */
  readonly class?: string;
  /** A picture that is completed, whatever it is called. */
  readonly complete?: string;
  /** Pictures in a row of the sheet; as square as it goes when left out. */
  readonly columns?: number;
}

/** What is drawn. */
export interface DrawingPlan {
  readonly count: number;
  /** A class label per picture; null for a model without classes. */
  readonly labels: readonly number[] | null;
  /** Pictures in a row of the sheet. */
  readonly columns: number;
}

/**
 * How many pictures of which class, and how they lie on the sheet.
 *
 * @param exactly whether somebody asked for that many pictures; else a row per class may round them up.
 * @throws {DrawingError} for a class there is not, and for a number that makes no rows.
 */
export function planDrawing(wish: DrawingWish, { classes }: Network, exactly: boolean): DrawingPlan {
  const plan = planClasses(wish, classes, exactly);
  return wish.columns === undefined ? plan : { ...plan, columns: wish.columns };
}

function planClasses(
  { count, class: wanted, complete }: DrawingWish,
  classes: number,
  exactly: boolean,
): DrawingPlan {
  // Completions of one picture stand side by side.
  const columns = complete === undefined ? squareColumns(count) : count;
  if (classes === 0) {
    if (wanted === undefined) return { count, labels: null, columns };
    throw new DrawingError(`--class: the model has no classes, got ${wanted}; leave it out`);
  }
  if (wanted === "all") {
    if (exactly && count % classes !== 0) {
      throw new DrawingError(
        `--count: expected a multiple of ${classes}, the number of classes, with --class all, got ${count}; choose ${Math.ceil(count / classes) * classes}, or leave --class out`,
      );
    }
    const perClass = Math.max(1, Math.ceil(count / classes));
    const labels = labelsInRows(perClass, classes);
    return { count: labels.length, labels, columns: perClass };
  }
  if (wanted === undefined) {
    const labels = labelsInTurn(count, classes);
    return { count, labels, columns: complete === undefined ? classColumns(count, classes) : count };
  }
  const label = Number(wanted);
  if (!Number.isInteger(label) || label < 0 || label >= classes) {
    throw new DrawingError(`--class: expected a label from 0 to ${classes - 1}, or all, got ${wanted}`);
  }
  return { count, labels: new Array<number>(count).fill(label), columns };
}
