/** Where things lie in windows of all sizes. One row stays free: a screen that is filled to its end scrolls. */

import { type Area, fitGrid, type Grid } from "../sampling/grid.ts";
import { classTexts } from "../sampling/label-of.ts";
import { samplers } from "../sampling/samplers.ts";
import type { SampleState } from "../sampling/state.ts";
import { stylesOf } from "../terminal/capabilities.ts";
import { helpLines, type KeyBinding } from "./keys.ts";
import type { AppState, WindowSize } from "./state.ts";

export const TITLE_ROWS = 1;
/** Settings, and speed or message. */
const STATUS_ROWS = 2;

/** Windows that are lower have no rows for classes and a legend. */
const LEGEND_ROWS = 20;

/** Rows of a frame. */
export function frameRows({ rows }: WindowSize): number {
  return Math.max(1, rows - 1);
}

/** The help line: few lines, so that most are left for what is looked at; `?` has all keys. */
export function shownHelp(bindings: readonly KeyBinding[], { columns, rows }: WindowSize): string[] {
  return helpLines(bindings, columns, rows >= 36 ? 3 : rows >= 20 ? 2 : 1);
}

/** What is left for pictures, or for what lies over them. */
export function bodyArea(size: WindowSize, bindings: readonly KeyBinding[]): Area {
  const taken = TITLE_ROWS + STATUS_ROWS + shownHelp(bindings, size).length;
  return { columns: size.columns, rows: Math.max(1, frameRows(size) - taken) };
}

/** Rows of the legend: below the pictures, where somebody wants it and something needs explaining. */
export function legendRows({ sample, size }: Pick<AppState, "sample" | "size">): 0 | 1 {
  if (!sample.labels || size.rows < LEGEND_ROWS) return 0;
  return sample.surprise || classTexts(sample).length > 0 ? 1 : 0;
}

/** Columns between models. */
export const BESIDE_GAP = 4;

/** What is left for the pictures of one model in the sample view; of several, each has its name above. */
export function pictureArea(state: AppState, bindings: readonly KeyBinding[]): Area {
  const { columns, rows } = bodyArea(state.size, bindings);
  const models = 1 + state.beside.length;
  const heading = models > 1 ? 1 : 0;
  return {
    columns: Math.floor((columns - BESIDE_GAP * (models - 1)) / models),
    rows: Math.max(1, rows - legendRows(state) - heading),
  };
}

/** The pictures of a model of the sample view; null before the model is there, or where no picture fits. */
export function sampleGrid(
  state: AppState,
  bindings: readonly KeyBinding[],
  sample: SampleState = state.sample,
): Grid | null {
  const { capabilities } = state;
  if (sample.info === null) return null;
  const { mostPictures } = samplers.find(({ name }) => name === sample.sampler)!;
  return fitGrid(pictureArea(state, bindings), sample.info.picture, sample.style, {
    styles: stylesOf(capabilities),
    most: mostPictures,
    below: sample.labels && sample.info.classes > 0 && state.size.rows >= LEGEND_ROWS ? 1 : 0,
  });
}
