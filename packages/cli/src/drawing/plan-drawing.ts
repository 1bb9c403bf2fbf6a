import type { Network } from "@pixelcnn/core";
import { classColumns, squareColumns } from "@pixelcnn/pictures";
import { CliError } from "../cli-error.ts";
import type { GenerateSettings } from "../settings/generate-settings.ts";

export interface DrawingPlan {
  readonly count: number;
  /** A class label a picture; null for a model without classes. */
  readonly labels: readonly number[] | null;
  /** Pictures in a row of the sheet. */
  readonly columns: number;
}

/**
 * How many pictures of which class, and how they lie on the sheet.
 *
 * @param exactly whether somebody asked for that many pictures; else a row a class may round them up.
 * @throws {CliError} for a class there is not, and for a number that makes no rows.
 */
export function planDrawing(settings: GenerateSettings, { classes }: Network, exactly: boolean): DrawingPlan {
  const plan = planClasses(settings, classes, exactly);
  return settings.columns === undefined ? plan : { ...plan, columns: settings.columns };
}

function planClasses(
  { count, class: wanted, complete }: GenerateSettings,
  classes: number,
  exactly: boolean,
): DrawingPlan {
  // Completions of one image stand side by side.
  const columns = complete === undefined ? squareColumns(count) : count;
  if (classes === 0) {
    if (wanted === undefined) return { count, labels: null, columns };
    throw new CliError(`--class: the model has no classes, got ${wanted}; leave it out`);
  }
  if (wanted === "all") {
    if (exactly && count % classes !== 0) {
      throw new CliError(
        `--count: expected a multiple of ${classes}, the number of classes, with --class all, got ${count}; choose ${Math.ceil(count / classes) * classes}, or leave --class out`,
      );
    }
    const perClass = Math.max(1, Math.ceil(count / classes));
    const labels = Array.from({ length: perClass * classes }, (_, i) => Math.floor(i / perClass));
    return { count: labels.length, labels, columns: perClass };
  }
  if (wanted === undefined) {
    const labels = Array.from({ length: count }, (_, i) => i % classes);
    return { count, labels, columns: complete === undefined ? classColumns(count, classes) : count };
  }
  const label = Number(wanted);
  if (!Number.isInteger(label) || label < 0 || label >= classes) {
    throw new CliError(`--class: expected a label from 0 to ${classes - 1}, or all, got ${wanted}`);
  }
  return { count, labels: new Array<number>(count).fill(label), columns };
}
