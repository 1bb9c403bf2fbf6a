/** The writing side of a run directory; the trainer is its only user. */
import { appendFile, mkdir, rm, rmdir, stat, truncate } from "node:fs/promises";
import { relative } from "node:path";
import { checkVacant, isStarted } from "./check-vacant.ts";
import { layout } from "./layout.ts";
import { listCheckpoints } from "./list-checkpoints.ts";
import { RunLock } from "./lock.ts";
import { readRegularBytes } from "./read-regular.ts";
import type { RunRecord } from "./records.ts";
import { renamePatiently } from "./rename-patiently.ts";
import { RunsError } from "./runs-error.ts";
import { removeLeftovers, writeAtomic } from "./write-atomic.ts";

/**
 * A run that this process alone writes, from {@link RunWriter.create} or {@link RunWriter.open} to {@link RunWriter.close}. Every
 * method that writes throws a {@link RunsError} when another process took the run meanwhile, and the system's error when it refuses.
 */
export class RunWriter {
  readonly #lock: RunLock;
  /** The last line may be half written. */
  #torn = false;
  /** What this writer has begun, which {@link discard} takes away: files, and the directory where there was none. */
  readonly #made: string[] = [];
  #isNewDirectory = false;

  private constructor(
    readonly directory: string,
    lock: RunLock,
  ) {
    this.#lock = lock;
  }

  /**
   * A new run. `config` becomes config.json.
   *
   * @throws {RunsError} when the directory holds a run already or other files by the names of a run's, or another process is making
   * a run there.
   */
  static async create(directory: string, config: unknown): Promise<RunWriter> {
    const started = await isStarted(directory);
    await checkVacant(directory, started);
    const isNew = (await mkdir(directory, { recursive: true })) !== undefined;
    let writer: RunWriter | null = null;
    try {
      writer = new RunWriter(directory, await RunLock.take(directory));
      writer.#isNewDirectory = isNew;
      await checkVacant(directory, started);
      try {
        writer.#made.push(layout.config(directory), layout.metrics(directory));
        await writeAtomic(layout.config(directory), textOf(config));
        await appendFile(layout.metrics(directory), "");
      } catch (error) {
        await writer.discard();
        throw error;
      }
      return writer;
    } catch (error) {
      await writer?.close();
      if (isNew) await rmdir(directory).catch(() => {});
      throw error;
    }
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
    const lock = await RunLock.take(directory);
    try {
      for (const folder of [directory, layout.checkpoints(directory), layout.sampleFolder(directory)]) {
        await removeLeftovers(folder);
      }
    } catch (error) {
      await lock.release();
      throw error;
    }
    return new RunWriter(directory, lock);
  }

  /** Aborted when somebody asks for an end by {@link requestStop}, or has taken the run away. */
  get stopping(): AbortSignal {
    return this.#lock.stopping;
  }

  /**
   * Takes a broken checkpoint out of the list: it is called `….broken` from now on, and never counted among those to keep.
   *
   * @param path one of {@link listCheckpoints}.
   */
  async setAsideCheckpoint(path: string): Promise<void> {
    await this.#lock.check();
    await renamePatiently(path, `${path}.broken`);
  }

  /** Says that the run goes on from a step: cuts an unterminated last line first. */
  async resume(step: number): Promise<void> {
    const path = layout.metrics(this.directory);
    const bytes = await readRegularBytes(path);
    await truncate(path, bytes.lastIndexOf(0x0a) + 1);
    await this.append({ type: "resumed", step });
  }

  /** Replaces config.json: a run that goes on may go on for longer, or elsewhere. */
  async saveConfig(config: unknown): Promise<void> {
    await this.#write(layout.config(this.directory), textOf(config));
  }

  /** Gives the run back; safe to call more than once. */
  async close(): Promise<void> {
    await this.#lock.release();
  }

  /** Gives a new run back and takes away what this writer made of it, for one that ends before it has begun. */
  async discard(): Promise<void> {
    for (const path of this.#made) await rm(path, { force: true }).catch(() => {});
    await this.close();
    if (this.#isNewDirectory) await rmdir(this.directory).catch(() => {}); // kept with whatever else lies in it
  }

  /** Appends one line. Where the one before it was cut off by a full disk, it begins a new one. */
  async append(record: RunRecord): Promise<void> {
    await this.#lock.check();
    const line = `${this.#torn ? "\n" : ""}${JSON.stringify(record)}\n`;
    this.#torn = true;
    await appendFile(layout.metrics(this.directory), line);
    this.#torn = false;
  }

  /** Writes the model file of the run and the checkpoint of a step. @returns the checkpoint's path in the run. */
  async saveCheckpoint(step: number, model: Uint8Array, checkpoint: Uint8Array): Promise<string> {
    const path = layout.checkpoint(this.directory, step);
    await this.#write(path, checkpoint);
    await this.#write(layout.model(this.directory), model);
    return relative(this.directory, path);
  }

  /** Removes all but the newest `keep` checkpoints. */
  async pruneCheckpoints(keep: number): Promise<void> {
    const old = (await listCheckpoints(this.directory)).slice(0, -keep);
    await Promise.all(old.map((path) => rm(path, { force: true })));
  }

  /** Replaces the model file of the best validation likelihood. */
  async saveBest(model: Uint8Array): Promise<void> {
    await this.#write(layout.best(this.directory), model);
  }

  /** Replaces the model file. */
  async saveModel(model: Uint8Array): Promise<void> {
    await this.#write(layout.model(this.directory), model);
  }

  /** @returns the sheet's path in the run. */
  async saveSamples(step: number, png: Uint8Array): Promise<string> {
    const path = layout.samples(this.directory, step);
    await this.#write(path, png);
    return relative(this.directory, path);
  }

  async #write(path: string, data: Uint8Array | string): Promise<void> {
    await this.#lock.check();
    await writeAtomic(path, data);
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
