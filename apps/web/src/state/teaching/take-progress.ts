/** What the worker tells, as the curve, the sheets and what can be recognised on them. */
import type { Progress, Sheet } from "../../workers/teaching/lesson.ts";
import { type Measured, useTeaching } from "./teaching-store.ts";

/** Sheets that are kept: early ones matter more than one more of the same. */
const MOST_SHEETS = 120;
/** Points of a curve: then every second is left out. */
const MOST_POINTS = 600;

/** Takes a report of progress into the curve. */
export function takeProgress(progress: Progress): void {
  useTeaching.setState(({ training }) => ({
    progress,
    training: thinned([...training, { step: progress.step, nats: progress.nats }]),
  }));
}

/** Takes a sheet into the history. What is recognised on it came with the sheet before when it was recognised there as well: once may be chance. */
export function takeSheet(sheet: Sheet): void {
  useTeaching.setState(({ sheets, heldOut, firstRecognised }) => ({
    sheets:
      sheets.length < MOST_SHEETS ? [...sheets, sheet] : [...sheets.filter((_, i) => i % 2 === 0), sheet],
    heldOut: thinned([...heldOut, { step: sheet.step, nats: sheet.heldOut }]),
    firstRecognised: firstRecognised ?? stepOfBoth(sheets.at(-1), sheet),
  }));
}

/** Step of the earlier one when a cell can be recognised on both. Sheets that earlier versions of this page kept do not tell. */
function stepOfBoth(before: Sheet | undefined, sheet: Sheet): number | null {
  const stays = before?.recognisedCells?.some((cell) => sheet.recognisedCells.includes(cell)) ?? false;
  return stays ? before!.step : null;
}

function thinned(points: readonly Measured[]): readonly Measured[] {
  if (points.length <= MOST_POINTS) return points;
  return points.filter((_, i) => i % 2 === 0 || i === points.length - 1);
}
