/**
 * The run directory, the one contract between trainer, dashboard and gallery.
 *
 * @module @pixelcnn/runs
 */

export { followRun } from "./follow-run.ts";
export { layout } from "./layout.ts";
export { listCheckpoints, stepOfCheckpoint } from "./list-checkpoints.ts";
export { isTrained } from "./read-lock.ts";
export { readRegularBytes } from "./read-regular.ts";
export { listRunFolders, listRuns, parseRecords, type Run, readRun } from "./read-run.ts";
export { type RunEnd, readRunEnd } from "./read-run-end.ts";
export { type RunRecord, recordSchema } from "./records.ts";
export { emptyRemovedRuns, listRemovedRuns, type RemovedRun, removeRun, restoreRun } from "./remove-run.ts";
export { renameRun } from "./rename-run.ts";
export { requestStop } from "./request-stop.ts";
export type { RecordOf } from "./run-history.ts";
export { RunsError } from "./runs-error.ts";
export { writeAtomic } from "./write-atomic.ts";
export { RunWriter } from "./write-run.ts";
