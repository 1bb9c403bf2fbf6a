/** The writing side of a run directory; the trainer is its only user. */
import { appendFile, mkdir, readFile, stat, truncate } from "node:fs/promises";
import { relative } from "node:path";
import { layout } from "./layout.ts";
import type { RunRecord } from "./records.ts";
import { RunsError } from "./runs-error.ts";
import { writeAtomic } from "./write-atomic.ts";

export class RunWriter {
  private constructor(readonly directory: string) {}

  /**
   * A new run. `config` becomes config.json.
   *
   * @throws {RunsError} when the directory holds a run already.
   */
  static async create(directory: string, config: unknown): Promise<RunWriter> {
    if (await exists(layout.metrics(directory))) {
      throw new RunsError(`expected a new run directory, but ${directory} holds a run; choose another --run`);
    }
    await mkdir(directory, { recursive: true });
    await writeAtomic(layout.config(directory), `${JSON.stringify(config, null, 2)}\n`);
    await appendFile(layout.metrics(directory), "");
    return new RunWriter(directory);
  }

  /** Goes on with a run from a step: cuts an unterminated last line and says where it goes on. */
  static async resume(directory: string, step: number): Promise<RunWriter> {
    const path = layout.metrics(directory);
    const bytes = await readFile(path);
    await truncate(path, bytes.lastIndexOf(0x0a) + 1);
    const writer = new RunWriter(directory);
    await writer.append({ type: "resumed", step });
    return writer;
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

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
