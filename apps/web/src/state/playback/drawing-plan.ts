/** What the settings in the address mean for a model: how many pictures, of which classes. */

import type { DrawingRequest } from "../../workers/drawing/drawing-request.ts";
import type { ModelSummary } from "../../workers/drawing/model-summary.ts";

export interface DrawingSettings {
  readonly seed: number;
  readonly temperature: number;
  /** A class label; null for all in turn. */
  readonly label: number | null;
  readonly count: number;
  /** Number of the first picture; 0 when left out. */
  readonly firstIndex?: number;
}

/** Classes in turn, or one class for all; a label that the model lacks counts as none. */
export function planDrawing(
  summary: Pick<ModelSummary, "classes">,
  settings: DrawingSettings,
): DrawingRequest {
  const { classes } = summary;
  const { seed, temperature, label, count, firstIndex = 0 } = settings;
  const chosen = label !== null && label < classes ? label : null;
  const labels =
    classes === 0 ? null : Array.from({ length: count }, (_, i) => chosen ?? (firstIndex + i) % classes);
  return { firstIndex, count, seed, temperature, labels };
}
