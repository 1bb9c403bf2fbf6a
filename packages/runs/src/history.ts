/**
 * What can be said of records alone, in a browser as well.
 *
 * @module @pixelcnn/runs/history
 */

export type { RunRecord } from "./records.ts";
export { dimensionsOf, emptyHistory, foldRecords, type RunHistory } from "./run-history.ts";
