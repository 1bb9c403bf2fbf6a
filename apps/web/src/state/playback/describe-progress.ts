/** What a drawing is doing just now, in words: loading its model is no drawing, and a pause is none. */
import type { ModelEntry } from "../models/model-entry.ts";
import type { PlaybackSnapshot } from "./playback.ts";

/** Of a drawing that is not done: "Loading the model, 0.6 MB…", "Drawing row 3 of 28", "Paused at row 3 of 28". */
export function describeProgress(
  entry: ModelEntry | null,
  { state, rows, picture }: PlaybackSnapshot,
): string {
  if (state === "loading" || picture === null) return loading(entry);
  const row = `row ${Math.min(rows + 1, picture.height)} of ${picture.height}`;
  return state === "paused" ? `Paused at ${row}` : `Drawing ${row}`;
}

function loading(entry: ModelEntry | null): string {
  if (entry === null || entry.bytes === null) return "Loading the model…";
  return `Loading the model, ${(entry.bytes / 1e6).toFixed(1)} MB…`;
}
