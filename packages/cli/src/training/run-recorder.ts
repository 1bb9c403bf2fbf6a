/** Writes what a training tells into its run directory. */
import type { Network } from "@pixelcnn/core";
import type { CheckpointEvent, EvaluationEvent, TrainingEvent } from "@pixelcnn/core/training";
import { layout, type RunWriter } from "@pixelcnn/runs";
import { encodePng } from "../pictures/png.ts";
import { drawSheet, squareColumns, visibleScale } from "../pictures/sheet.ts";
import { encodeCheckpoint } from "./checkpoint-file.ts";

/** Step records are for watching, not for accounting: at most one in this time. */
const STEP_RECORD_MS = 500;

export class RunRecorder {
  /** Path of the newest sheet of samples. */
  sheet: string | null = null;
  #lastStepRecord = Number.NEGATIVE_INFINITY;
  #checkpoint: CheckpointEvent | null = null;

  constructor(
    private readonly writer: RunWriter,
    private readonly network: Network,
    private readonly encodeModel: (
      checkpoint: CheckpointEvent,
      evaluation: EvaluationEvent | null,
    ) => Uint8Array,
  ) {}

  async record(event: TrainingEvent): Promise<void> {
    switch (event.type) {
      case "step": {
        const now = performance.now();
        if (now - this.#lastStepRecord < STEP_RECORD_MS) return;
        this.#lastStepRecord = now;
        return this.writer.append(event);
      }
      case "evaluation":
        // The model file of the checkpoint before it, now with what was measured.
        if (this.#checkpoint !== null) await this.writer.saveModel(this.encodeModel(this.#checkpoint, event));
        return this.writer.append(event);
      case "samples": {
        const { pixels, count, step, epoch } = event;
        const { picture } = this.network;
        // Samples of a network with classes take the classes in turn: a column a class.
        const columns =
          this.network.classes > 0 && count >= this.network.classes
            ? this.network.classes
            : squareColumns(count);
        const png = encodePng(drawSheet(pixels, picture, { columns, scale: visibleScale(picture) }));
        const file = await this.writer.saveSamples(step, png);
        this.sheet = layout.samples(this.writer.directory, step);
        return this.writer.append({ type: "samples", step, epoch, file, count });
      }
      case "checkpoint": {
        this.#checkpoint = event;
        const { step, epoch } = event;
        const file = await this.writer.saveCheckpoint(
          step,
          this.encodeModel(event, null),
          encodeCheckpoint(event),
        );
        return this.writer.append({ type: "checkpoint", step, epoch, file });
      }
      case "done":
        return this.writer.append(event);
      default:
        return event satisfies never;
    }
  }
}
