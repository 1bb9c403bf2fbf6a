/** What a run looks like from outside: one line of the list. Whatever lies in the folder, this never throws. */
import { stat as statWithCallback } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { isTrained, layout, listRunFolders, type RunEnd, readRegularBytes, readRunEnd } from "@pixelcnn/runs";
import { plainMessage } from "../app/plain-message.ts";

/** Half the processor time of the one in node:fs/promises, and a long list asks for little else. */
const stat = promisify(statWithCallback);

export const standings = ["training", "finished", "stopped", "broken off", "empty", "damaged"] as const;
export type RunStanding = (typeof standings)[number];

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
  /** Of the newest evaluation. */
  readonly testNats: number | null;
  readonly bitsPerDim: number | null;
  readonly imagesPerSecond: number | null;
  /** When it began, in milliseconds since 1970; null when it does not say. */
  readonly beganMs: number | null;
  /** How long it was trained; null until it has ended. */
  readonly elapsedMs: number | null;
  /** What computes it; empty when it does not say. */
  readonly backend: string;
  /** Has it saved a model that can be drawn with? */
  readonly hasModel: boolean;
  readonly config: Readonly<Record<string, unknown>> | null;
}

/** Nobody writes to these without the log's changing. */
const still: ReadonlySet<RunStanding> = new Set(["finished", "stopped"]);

/** Every folder below `root`, by name. Files that did not change are not read again, and of a long log only the end is. */
export class RunList {
  readonly #known = new Map<string, { readonly key: string; readonly status: RunStatus }>();

  constructor(readonly root: string) {}

  async read(): Promise<RunStatus[]> {
    const names = await listRunFolders(this.root);
    return Promise.all(names.map((name) => this.#one(name)));
  }

  async #one(name: string): Promise<RunStatus> {
    const directory = join(this.root, name);
    const known = this.#known.get(name);
    const file = await stat(layout.metrics(directory)).catch(() => null);
    const written = `${file?.size} ${file?.mtimeMs}`;
    if (known !== undefined && still.has(known.status.standing) && known.key.startsWith(`${written} `))
      return known.status;
    const trained = await isTrained(directory);
    const hasModel = (await stat(layout.model(directory)).catch(() => null))?.isFile() ?? false;
    const key = `${written} ${trained} ${hasModel}`;
    if (known?.key === key) return known.status;
    const status = { ...(await statusOf(name, directory, trained)), hasModel };
    this.#known.set(name, { key, status });
    return status;
  }
}

const nothing = {
  ...{ epoch: 0, step: 0, progress: 0, testNats: null, bitsPerDim: null, imagesPerSecond: null },
  ...{ beganMs: null, elapsedMs: null, backend: "", config: null },
} as const;

async function statusOf(
  name: string,
  directory: string,
  trained: boolean,
): Promise<Omit<RunStatus, "hasModel">> {
  const none = { name, directory, ...nothing };
  try {
    const file = await stat(layout.metrics(directory)).catch(() => null);
    if (file === null) return { ...none, standing: "empty", trouble: "there is no metrics.jsonl in it" };
    const end = await readRunEnd(directory);
    const config = await configOf(directory);
    const told = { ...none, config, ...toldBy(end) };
    if (config === null)
      return { ...told, standing: "damaged", trouble: "its config.json is missing or damaged" };
    if (trained) return { ...told, standing: "training", trouble: "" };
    if (end.isEmpty) {
      return file.size === 0
        ? { ...told, standing: "empty", trouble: "nothing is written in it yet" }
        : { ...told, standing: "damaged", trouble: "no line of its metrics.jsonl can be read" };
    }
    if (end.done === null)
      return { ...told, standing: "broken off", trouble: "its trainer ended without a word" };
    return end.done.interrupted
      ? { ...told, standing: "stopped", trouble: "" }
      : { ...told, progress: 1, standing: "finished", trouble: "" };
  } catch (error) {
    return { ...none, standing: "damaged", trouble: plainMessage(error) };
  }
}

function toldBy({ started, step, evaluation, done, reached }: RunEnd) {
  const beganMs = Date.parse(started?.time ?? "");
  return {
    epoch: reached?.epoch ?? 0,
    step: reached?.step ?? 0,
    progress: step?.progress ?? 0,
    testNats: evaluation?.test.nats ?? null,
    bitsPerDim: evaluation?.test.bitsPerDim ?? null,
    imagesPerSecond: step?.imagesPerSecond ?? null,
    elapsedMs: done?.elapsedMs ?? null,
    beganMs: Number.isNaN(beganMs) ? null : beganMs,
    backend: started?.backend ?? "",
  };
}

async function configOf(directory: string): Promise<RunStatus["config"]> {
  const text = await readRegularBytes(layout.config(directory)).then(String, () => "");
  try {
    const config: unknown = JSON.parse(text);
    return isObject(config) ? config : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
