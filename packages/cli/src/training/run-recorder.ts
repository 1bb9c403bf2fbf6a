/**
 * Writes what a training tells into its run directory. A disk that is full, or that may not be written any more, costs records and
 * checkpoints, never the training.
 */
import { encodeModelFile, type Network, type StoredType } from "@pixelcnn/core";
import type { Preparation } from "@pixelcnn/core/data";
import type { CheckpointEvent, EvaluationEvent, SamplesEvent, TrainingEvent } from "@pixelcnn/core/training";
import { classColumns, drawSheet, encodePng, visibleScale } from "@pixelcnn/pictures";
import { layout, type RunWriter } from "@pixelcnn/runs";
import { encodeCheckpoint } from "./checkpoint-file.ts";
import type { History } from "./history.ts";

/** Step records are for watching, not for accounting: at most one in this time. */
const STEP_RECORD_MS = 500;

export interface RecorderOptions {
  readonly writer: RunWriter;
  readonly network: Network;
  readonly preparation: Preparation;
  /** Name of the data set, for the model file. */
  readonly dataset: string;
  /** Of the weights, with the command of this run. */
  readonly history: History;
  /** Checkpoints to keep. */
  readonly keep: number;
  /** How the model file stores its weights. */
  readonly stored: StoredType;
  /** Lowest validation likelihood so far, of a run that goes on. */
  readonly bestNats: number;
  /** Told of every checkpoint that could not be written, and of the first of other records in a row. */
  readonly warn: (message: string) => void;
}

export class RunRecorder {
  /** Path of the newest sheet of samples. */
  sheet: string | null = null;
  /** Why the newest checkpoint is not on disk; null when it is. */
  unsaved: string | null = null;
  /** Step of the newest checkpoint on disk that this recorder wrote. */
  savedStep: number | null = null;
  readonly #options: RecorderOptions;
  #lastStepRecord = Number.NEGATIVE_INFINITY;
  /** Has nothing happened yet? */
  isEmpty = true;
  /** Could the last record not be written? */
  #refused = false;
  #checkpoint: CheckpointEvent | null = null;
  #bestNats: number;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#bestNats = options.bestNats;
  }

  /**
   * Records an event. What the system refuses to write is told and left out; the files before it stay.
   *
   * @throws {RunsError} when the run is another trainer's now.
   */
  async record(event: TrainingEvent): Promise<void> {
    const isCheckpoint = event.type === "checkpoint";
    this.isEmpty = false;
    try {
      await this.#write(event);
      this.#refused = false;
      if (isCheckpoint) {
        this.unsaved = null;
        this.savedStep = event.step;
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (isCheckpoint) this.unsaved = error.message;
      if (isCheckpoint || !this.#refused) {
        const what = isCheckpoint ? "the checkpoint before it stays" : `its ${event.type} is not recorded`;
        this.#options.warn(`step ${event.step}: ${error.message}; ${what}, training goes on`);
      }
      this.#refused = true;
    }
  }

  async #write(event: TrainingEvent): Promise<void> {
    const { writer } = this.#options;
    switch (event.type) {
      case "step": {
        const now = performance.now();
        if (now - this.#lastStepRecord < STEP_RECORD_MS) return;
        this.#lastStepRecord = now;
        return writer.append(event);
      }
      case "evaluation":
        await this.#saveEvaluated(event);
        return writer.append(event);
      case "samples":
        return this.#saveSamples(event);
      case "checkpoint":
        return this.#saveCheckpoint(event);
      case "done":
        return writer.append(event);
      default:
        return event satisfies never;
    }
  }

  async #saveCheckpoint(event: CheckpointEvent): Promise<void> {
    const { writer, keep, history } = this.#options;
    this.#checkpoint = event;
    const { step, epoch, state } = event;
    const checkpoint = encodeCheckpoint({ state, history });
    const file = await writer.saveCheckpoint(step, this.#modelFile(event, null), checkpoint);
    await writer.pruneCheckpoints(keep);
    await writer.append({ type: "checkpoint", step, epoch, file });
  }

  /** The model file of the checkpoint before it, now with what was measured; and a copy of the best one so far. */
  async #saveEvaluated(event: EvaluationEvent): Promise<void> {
    if (this.#checkpoint === null) return;
    const { writer } = this.#options;
    const bytes = this.#modelFile(this.#checkpoint, event);
    await writer.saveModel(bytes);
    if (event.validation.nats >= this.#bestNats) return;
    await writer.saveBest(bytes);
    this.#bestNats = event.validation.nats;
  }

  async #saveSamples({ pixels, count, step, epoch }: SamplesEvent): Promise<void> {
    const { writer, network } = this.#options;
    const columns = classColumns(count, network.classes);
    const png = encodePng(
      drawSheet(pixels, network.picture, { columns, scale: visibleScale(network.picture) }),
    );
    const file = await writer.saveSamples(step, png);
    this.sheet = layout.samples(writer.directory, step);
    await writer.append({ type: "samples", step, epoch, file, count });
  }

  #modelFile({ model, step }: CheckpointEvent, evaluation: EvaluationEvent | null): Uint8Array {
    const { preparation, dataset, history, stored } = this.#options;
    const provenance = {
      dataset,
      command: history.command,
      date: new Date().toISOString(),
      steps: history.steps + step,
      trainNats: evaluation?.trainNats ?? null,
      validation: evaluation?.validation ?? null,
      test: evaluation?.test ?? null,
    };
    return encodeModelFile({ model, preparation, provenance }, stored);
  }
}

/** A full disk, one that may not be written any more, one that broke: Node's errors name the call that failed. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && "syscall" in error;
}
