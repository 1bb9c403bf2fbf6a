/** Writes what a training tells into its run directory. A full disk costs records and checkpoints, never the training. */

import { encodeModelFile, type Network } from "@pixelcnn/core";
import type { Preparation } from "@pixelcnn/core/data";
import type { CheckpointEvent, EvaluationEvent, SamplesEvent, TrainingEvent } from "@pixelcnn/core/training";
import { classColumns, drawSheet, encodePng, visibleScale } from "@pixelcnn/pictures";
import { layout, type RunWriter } from "@pixelcnn/runs";
import { encodeCheckpoint } from "./checkpoint-file.ts";

/** Step records are for watching, not for accounting: at most one in this time. */
const STEP_RECORD_MS = 500;

export interface RecorderOptions {
  readonly writer: RunWriter;
  readonly network: Network;
  readonly preparation: Preparation;
  /** Name of the data set, for the model file. */
  readonly dataset: string;
  /** Checkpoints to keep. */
  readonly keep: number;
  /** Lowest validation likelihood so far, of a run that goes on. */
  readonly bestNats: number;
  /** Told once for every time that nothing could be written. */
  readonly warn: (message: string) => void;
}

export class RunRecorder {
  /** Path of the newest sheet of samples. */
  sheet: string | null = null;
  /** Is the newest checkpoint on disk? */
  saved = true;
  readonly #options: RecorderOptions;
  #lastStepRecord = Number.NEGATIVE_INFINITY;
  #checkpoint: CheckpointEvent | null = null;
  #bestNats: number;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#bestNats = options.bestNats;
  }

  /** Records an event. What cannot be written for want of space is told and left out; the files before it stay. */
  async record(event: TrainingEvent): Promise<void> {
    try {
      await this.#write(event);
      if (event.type === "checkpoint") this.saved = true;
    } catch (error) {
      if (!isOutOfSpace(error)) throw error;
      if (event.type === "checkpoint") this.saved = false;
      const what =
        event.type === "checkpoint" ? "the checkpoint before it stays" : `its ${event.type} is not recorded`;
      this.#options.warn(`step ${event.step}: ${(error as Error).message}; ${what}, training goes on`);
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
    const { writer, keep } = this.#options;
    this.#checkpoint = event;
    const { step, epoch, state } = event;
    const file = await writer.saveCheckpoint(step, this.#modelFile(event, null), encodeCheckpoint(state));
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
    this.#bestNats = event.validation.nats;
    await writer.saveBest(bytes);
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
    const { preparation, dataset } = this.#options;
    return encodeModelFile({
      model,
      preparation,
      provenance: {
        dataset,
        command: process.argv.slice(2).join(" "),
        date: new Date().toISOString(),
        steps: step,
        trainNats: evaluation?.trainNats ?? null,
        validation: evaluation?.validation ?? null,
        test: evaluation?.test ?? null,
      },
    });
  }
}

function isOutOfSpace(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG";
}
