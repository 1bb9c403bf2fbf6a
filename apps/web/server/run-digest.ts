/** What the gallery's list says of a run. Only what was written since the last look is read. */
import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { isTrained, layout, listRuns, type RunRecord } from "@pixelcnn/runs";
import type { RunDigest } from "../src/state/runs/run-digest.ts";
import { RunTail } from "./run-tail.ts";

type Told = Pick<RunDigest, "weights" | "step"> & {
  readonly evaluations: readonly (Pick<RunDigest, "test"> & { readonly step: number })[];
  readonly hasEnded: boolean;
};

const NOTHING: Told = { weights: null, step: 0, evaluations: [], hasEnded: false };

interface Remembered {
  readonly tail: RunTail;
  told: Told;
  /** The last look; the next one waits for it. */
  look: Promise<unknown>;
}

const remembered = new Map<string, Remembered>();

/** Of all runs in a folder, by name; those that went away meanwhile, or whose records are no plain file, are left out. */
export async function listDigests(root: string): Promise<RunDigest[]> {
  const names = await listRuns(root);
  const digests = await Promise.all(names.map((name) => digestOf(join(root, name)).catch(() => null)));
  return digests.filter((digest) => digest !== null);
}

async function digestOf(directory: string): Promise<RunDigest> {
  const [{ weights, step, evaluations, hasEnded }, trained, best, last, config] = await Promise.all([
    toldBy(directory),
    isTrained(directory),
    modified(layout.best(directory)),
    modified(layout.model(directory)),
    readConfig(directory),
  ]);
  const { dataset, model } = config;
  return {
    name: basename(directory),
    state: hasEnded ? "done" : trained ? "training" : "stopped",
    dataset: typeof dataset === "string" ? dataset : null,
    network: typeof model === "string" ? model : null,
    weights,
    step,
    test: evaluations.at(-1)?.test ?? null,
    modelFile: best !== null ? "best.safetensors" : last !== null ? "model.safetensors" : null,
    modelStamp: best ?? last ?? 0,
  };
}

async function toldBy(directory: string): Promise<Told> {
  let known = remembered.get(directory);
  if (known === undefined) {
    known = { tail: new RunTail(directory), told: NOTHING, look: Promise.resolve() };
    remembered.set(directory, known);
  }
  const { tail, look } = known;
  const reading = look.then(async () => {
    for (let piece = await tail.next(); piece !== null; piece = await tail.next()) {
      known.told = piece.records.reduce(withRecord, piece.isFirst ? NOTHING : known.told);
    }
    return known.told;
  });
  known.look = reading.catch(() => remembered.delete(directory));
  return reading;
}

function withRecord(told: Told, record: RunRecord): Told {
  const hasEnded = record.type === "done";
  // Not every step has a record of its own: other records tell where the training stands as well.
  const step = "step" in record ? record.step : told.step;
  const { weights } = record.type === "started" ? record : told;
  const known = told.evaluations;
  const evaluations =
    record.type === "evaluation"
      ? [...known, { step: record.step, test: record.test }]
      : record.type === "resumed"
        ? known.filter((evaluation) => evaluation.step <= record.step)
        : known;
  return { weights, step, evaluations, hasEnded };
}

async function readConfig(directory: string): Promise<{ dataset?: unknown; model?: unknown }> {
  const config = await readFile(layout.config(directory), "utf8").then(JSON.parse, () => null);
  return config ?? {};
}

async function modified(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}
