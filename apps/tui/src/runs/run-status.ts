/** What a run looks like from outside: one line of the list. Whatever lies in the folder, this never throws. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { isTrained, layout, listRunFolders, readRun } from "@pixelcnn/runs";
import { emptyHistory, foldRecords } from "@pixelcnn/runs/history";
import { plainMessage } from "../app/plain-message.ts";

export type RunStanding = "training" | "finished" | "stopped" | "broken off" | "empty" | "damaged";

export interface RunStatus {
  readonly name: string;
  readonly directory: string;
  readonly standing: RunStanding;
  /** What is wrong with it; empty when nothing is. */
  readonly trouble: string;
  readonly epoch: number;
  readonly step: number;
  /** 0 ... 1 */
  readonly progress: number;
  readonly testNats: number | null;
  /** Has it saved a model that can be drawn with? */
  readonly hasModel: boolean;
  readonly config: Readonly<Record<string, unknown>> | null;
}

/** Every folder below `root`, newest writing last read first. Files that did not change are not read again. */
export class RunList {
  readonly #known = new Map<string, { readonly key: string; readonly status: RunStatus }>();

  constructor(readonly root: string) {}

  async read(): Promise<RunStatus[]> {
    const names = await listRunFolders(this.root);
    return Promise.all(names.map((name) => this.#one(name)));
  }

  async #one(name: string): Promise<RunStatus> {
    const directory = join(this.root, name);
    const trained = await isTrained(directory);
    const file = await stat(layout.metrics(directory)).catch(() => null);
    const hasModel = (await stat(layout.model(directory)).catch(() => null))?.isFile() ?? false;
    const key = `${file?.size} ${file?.mtimeMs} ${trained} ${hasModel}`;
    const known = this.#known.get(name);
    if (known?.key === key) return known.status;
    const status = { ...(await statusOf(name, directory, trained)), hasModel };
    this.#known.set(name, { key, status });
    return status;
  }
}

async function statusOf(
  name: string,
  directory: string,
  trained: boolean,
): Promise<Omit<RunStatus, "hasModel">> {
  const nothing = { name, directory, epoch: 0, step: 0, progress: 0, testNats: null, config: null };
  try {
    const file = await stat(layout.metrics(directory)).catch(() => null);
    if (file === null) return { ...nothing, standing: "empty", trouble: "there is no metrics.jsonl in it" };
    const run = await readRun(directory);
    const history = foldRecords(emptyHistory, run.records);
    const last = history.steps.at(-1);
    const config = isObject(run.config) ? run.config : null;
    const told = {
      ...nothing,
      config,
      epoch: last?.epoch ?? history.evaluations.at(-1)?.epoch ?? 0,
      step: history.done?.step ?? last?.step ?? 0,
      progress: last?.progress ?? 0,
      testNats: history.evaluations.at(-1)?.test.nats ?? null,
    };
    if (config === null)
      return { ...told, standing: "damaged", trouble: "its config.json is missing or damaged" };
    if (trained) return { ...told, standing: "training", trouble: "" };
    if (run.records.length === 0) {
      return file.size === 0
        ? { ...told, standing: "empty", trouble: "nothing is written in it yet" }
        : { ...told, standing: "damaged", trouble: "no line of its metrics.jsonl can be read" };
    }
    if (history.done === null)
      return { ...told, standing: "broken off", trouble: "its trainer ended without a word" };
    return history.done.interrupted
      ? { ...told, standing: "stopped", trouble: "" }
      : { ...told, progress: 1, standing: "finished", trouble: "" };
  } catch (error) {
    return {
      ...nothing,
      standing: "damaged",
      trouble: plainMessage(error),
    };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
