/** The writing side of a run directory; the trainer is its only user. */
import { appendFile, mkdir, readFile, rm, stat, truncate } from "node:fs/promises";
import { relative } from "node:path";
import { layout } from "./layout.ts";
import { listCheckpoints } from "./list-checkpoints.ts";
import { lockRun, type Unlock } from "./lock.ts";
import type { RunRecord } from "./records.ts";
import { RunsError } from "./runs-error.ts";
import { removeLeftovers, writeAtomic } from "./write-atomic.ts";

/** A run that this process alone writes, from {@link RunWriter.create} or {@link RunWriter.open} to {@link RunWriter.close}. */
export class RunWriter {
  readonly #unlock: Unlock;

  private constructor(
    readonly directory: string,
    unlock: Unlock,
  ) {
    this.#unlock = unlock;
  }

  /**
   * A new run. `config` becomes config.json.
   *
   * @throws {RunsError} when the directory holds a run already, or another process is making one there.
   */
  static async create(directory: string, config: unknown): Promise<RunWriter> {
    const refuse = async () => {
      if (!(await exists(layout.metrics(directory)))) return;
      throw new RunsError(`expected a new run directory, but ${directory} holds a run; choose another --run`);
    };
    await refuse();
    await mkdir(directory, { recursive: true });
    const unlock = await lockRun(directory);
    try {
      await refuse();
      await writeAtomic(layout.config(directory), textOf(config));
      await appendFile(layout.metrics(directory), "");
    } catch (error) {
      await unlock();
      throw error;
    }
    return new RunWriter(directory, unlock);
  }

  /**
   * Takes an existing run to go on with it.
   *
   * @throws {RunsError} when there is none, or a living process has it.
   */
  static async open(directory: string): Promise<RunWriter> {
    if (!(await exists(layout.metrics(directory)))) {
      throw new RunsError(`expected a run directory with metrics.jsonl, got ${directory}`);
    }
    const unlock = await lockRun(directory);
    for (const folder of [directory, layout.checkpoints(directory), layout.sampleFolder(directory)]) {
      await removeLeftovers(folder);
    }
    return new RunWriter(directory, unlock);
  }

  /** Says that the run goes on from a step: cuts an unterminated last line first. */
  async resume(step: number): Promise<void> {
    const path = layout.metrics(this.directory);
    const bytes = await readFile(path);
    await truncate(path, bytes.lastIndexOf(0x0a) + 1);
    await this.append({ type: "resumed", step });
  }

  /** Replaces config.json: a run that goes on may go on for longer, or elsewhere. */
  async saveConfig(config: unknown): Promise<void> {
    await writeAtomic(layout.config(this.directory), textOf(config));
  }

  /** Gives the run back. */
  async close(): Promise<void> {
    await this.#unlock();
  }

  /** Appends one line. */
  async append(record: RunRecord): Promise<void> {
    await appendFile(layout.metrics(this.directory), `${JSON.stringify(record)}\n`);
  }

  /** Writes the model file of the run and the checkpoint of a step. @returns the checkpoint's path in the run. */
  async saveCheckpoint(step: number, model: Uint8Array, checkpoint: Uint8Array): Promise<string> {
    const path = layout.checkpoint(this.directory, step);
    await writeAtomic(path, checkpoint);
    await writeAtomic(layout.model(this.directory), model);
    return relative(this.directory, path);
  }

  /** Removes all but the newest `keep` checkpoints. */
  async pruneCheckpoints(keep: number): Promise<void> {
    const old = (await listCheckpoints(this.directory)).slice(0, -keep);
    await Promise.all(old.map((path) => rm(path, { force: true })));
  }

  /** Replaces the model file of the best validation likelihood. */
  async saveBest(model: Uint8Array): Promise<void> {
    await writeAtomic(layout.best(this.directory), model);
  }

  /** Replaces the model file. */
  async saveModel(model: Uint8Array): Promise<void> {
    await writeAtomic(layout.model(this.directory), model);
  }

  /** @returns the sheet's path in the run. */
  async saveSamples(step: number, png: Uint8Array): Promise<string> {
    const path = layout.samples(this.directory, step);
    await writeAtomic(path, png);
    return relative(this.directory, path);
  }
}

function textOf(config: unknown): string {
  return `${JSON.stringify(config, null, 2)}\n`;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
