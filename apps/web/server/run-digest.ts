/** What the gallery's list says of a run. */
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { layout, type RunRecord, readRun } from "@pixelcnn/runs";
import type { RunDigest } from "../src/runs/run-digest.ts";

/** A trainer writes every second or so while it trains, and is silent while it evaluates. */
const SILENT_MS = 120_000;

interface Remembered {
  readonly stamp: string;
  readonly digest: Omit<RunDigest, "state"> & { readonly ended: boolean };
}

const remembered = new Map<string, Remembered>();

/** @throws {RunsError} when the run went away. */
export async function digestOf(directory: string): Promise<RunDigest> {
  const metrics = await stat(layout.metrics(directory));
  const models = await Promise.all([modified(layout.best(directory)), modified(layout.model(directory))]);
  const stamp = [metrics.size, metrics.mtimeMs, ...models].join();
  let known = remembered.get(directory);
  if (known?.stamp !== stamp) {
    known = { stamp, digest: await read(directory, models) };
    remembered.set(directory, known);
  }
  const { ended, ...digest } = known.digest;
  const silent = Date.now() - metrics.mtimeMs > SILENT_MS;
  return { ...digest, state: ended ? "done" : silent ? "stopped" : "training" };
}

async function read(directory: string, [best, last]: readonly (number | null)[]) {
  const { config, records } = await readRun(directory);
  const { dataset, model } = (config ?? {}) as { dataset?: unknown; model?: unknown };
  return {
    name: basename(directory),
    dataset: typeof dataset === "string" ? dataset : null,
    network: typeof model === "string" ? model : null,
    weights: lastOf(records, "started")?.weights ?? null,
    step: lastOf(records, "step")?.step ?? 0,
    test: lastOf(records, "evaluation")?.test ?? null,
    modelFile: best ? "best.safetensors" : last ? "model.safetensors" : null,
    modelStamp: best ?? last ?? 0,
    ended: records.at(-1)?.type === "done",
  };
}

function lastOf<T extends RunRecord["type"]>(records: readonly RunRecord[], type: T) {
  return records.findLast((record): record is Extract<RunRecord, { type: T }> => record.type === type);
}

async function modified(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}
