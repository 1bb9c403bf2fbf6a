/** `train --dry-run`: what it would take, and nothing written. */
import { type StartableBackend, trainingEngine } from "@pixelcnn/backends";
import { countWeights } from "@pixelcnn/core";
import { bytesText } from "../output/bytes-text.ts";
import { durationText } from "../output/duration-text.ts";
import type { Output } from "../output/print.ts";
import type { TrainSettings } from "../settings/train-settings.ts";
import { describeData } from "./describe-data.ts";
import { dryRun } from "./dry-run.ts";
import type { TrainingPlan } from "./plan.ts";
import { trainOptions } from "./train-options.ts";
import { engineText } from "./training-engine.ts";

interface Asked {
  readonly plan: TrainingPlan;
  readonly settings: TrainSettings;
  readonly backend: StartableBackend;
  readonly threads: number;
  readonly engine: Parameters<typeof trainingEngine>[3];
  readonly output: Output;
}

export async function tellCost({ plan, settings, backend, threads, engine, output }: Asked): Promise<void> {
  const { dataset, preparation, start } = plan;
  const { network } = start;
  output.line(
    `${settings.initFrom ?? settings.model}, ${countWeights(network).toLocaleString("en")} weights, on ${dataset.name} ` +
      `(${describeData(dataset, preparation)}), ${engineText(backend, threads)}\n`,
  );
  const cost = await dryRun(plan, {
    train: {
      ...trainOptions(settings),
      preparation,
      engine: trainingEngine(network, backend, threads, engine),
    },
    keep: settings.keep,
  });
  output.json({ type: "dry-run", ...cost });
  const { memoryBytes, imagesPerSecond, epochs, trainMs, evaluationMs, checkpointBytes, diskBytes } = cost;
  output.line(`memory  ${bytesText(memoryBytes)} at its highest`);
  output.line(`speed   ${imagesPerSecond.toFixed(1)} pictures/s`);
  output.line(
    `time    ${durationText(trainMs)} for ${epochs.toFixed(epochs < 10 ? 1 : 0)} epochs, and about ${durationText(evaluationMs)} of evaluations`,
  );
  output.line(`disk    ${bytesText(diskBytes)} at most; a checkpoint has ${bytesText(checkpointBytes)}`);
  output.line("\nnothing was written: leave --dry-run out to train");
}
