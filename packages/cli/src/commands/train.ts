import { availableParallelism } from "node:os";
import { buildModel, countWeights, encodeModelFile, type ModelFile, type Network } from "@pixelcnn/core";
import { type Dataset, type Preparation, preparationFor } from "@pixelcnn/core/data";
import type {
  CheckpointEvent,
  EvaluationEvent,
  GradientComputer,
  TrainingEvent,
} from "@pixelcnn/core/training";
import { layout, RunWriter } from "@pixelcnn/runs";
import { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { parseSize } from "../datasets/dataset-size.ts";
import { loadDataset } from "../datasets/load-dataset.ts";
import { absoluteName, plainName } from "../datasets/own-folder.ts";
import { epochHeader, epochRow } from "../output/epoch-table.ts";
import { type OutputFlags, outputFor } from "../output/print.ts";
import { progressBar } from "../output/progress.ts";
import { runDirectory, userPath } from "../paths.ts";
import { addFlags } from "../settings/flags.ts";
import { resolveSettings } from "../settings/resolve.ts";
import {
  lengthSettings,
  type TrainSettings,
  trainDefaults,
  trainSettings,
} from "../settings/train-settings.ts";
import { RunRecorder } from "../training/run-recorder.ts";

/** Test pictures of an evaluation that nobody limited, but for the last. */
const TEST_LIMIT = 1000;
/** Validation pictures of every evaluation, at most. */
const VALIDATION_LIMIT = 500;

export function trainCommand(): Command {
  const command = new Command("train")
    .description("Train a model; with no flags the default one, on embedded data, in about two minutes.")
    .option("--config <file>", "JSON file with any of these settings; flags go before it")
    .option("--quiet", "print only where the model and its samples are")
    .option("--json", "print every event as a line of JSON");
  return addFlags(command, trainSettings, trainDefaults).action(run);
}

async function run(flags: OutputFlags & Record<string, unknown>): Promise<void> {
  const settings = await resolveSettings(trainSettings, {
    defaults: trainDefaults,
    flags,
    exclusive: lengthSettings,
  });
  const { dataDir, size, grey } = settings;
  const dataset = await loadDataset(settings.dataset, {
    ...(dataDir !== undefined && { dataDir }),
    ...(size !== undefined && { size: parseSize(size) }),
    ...(grey !== undefined && { grey }),
    quiet: flags.quiet === true || flags.json === true,
  });
  const preparation = preparationFor(dataset, settings.levels, settings.binarise);
  const network = buildModel(settings.model, {
    picture: {
      height: dataset.height,
      width: dataset.width,
      channels: dataset.channels,
      levels: settings.levels,
    },
    classes: classesFor(settings, dataset),
    channels: settings.channels,
    layers: settings.layers,
    dropout: settings.dropout,
    ...(settings.dilations && { dilations: settings.dilations }),
  });

  const { chooseBackend } = await import("../backend/choose-backend.ts");
  const backend = await chooseBackend(settings.backend);
  const { initialise, train } = await import("@pixelcnn/core/training");
  const directory = runDirectory(settings.run ?? defaultRunName(settings));
  const writer = await RunWriter.create(directory, configOf(settings));
  const weights = countWeights(network);
  await writer.append({ type: "started", time: new Date().toISOString(), weights, backend });

  const output = outputFor(flags);
  const progress = progressBar("training", flags.quiet === true || flags.json === true);
  output.line(
    `${settings.model}, ${weights.toLocaleString("en")} weights, on ${dataset.name} (${describeData(dataset, preparation)}), ${backend} backend`,
  );
  output.line(`run ${directory}\n`);
  output.line(epochHeader());
  const recorder = new RunRecorder(writer, network, (event, evaluation) =>
    encodeModelFile(modelFileOf(event, evaluation, settings, preparation)),
  );
  const events = train(initialise(network, settings.seed), dataset, {
    gradients: await gradientsFor(network, backend, settings),
    preparation,
    length: lengthOf(settings),
    batchSize: settings.batchSize,
    learningRate: settings.learningRate,
    warmupSteps: settings.warmupSteps,
    clipNorm: settings.clipNorm,
    averageDecay: settings.averageDecay,
    beta1: 0.9,
    beta2: 0.99,
    seed: settings.seed,
    trainLimit: settings.limit,
    testLimit: settings.testLimit === 0 ? Number.MAX_SAFE_INTEGER : (settings.testLimit ?? TEST_LIMIT),
    finalTestLimit: settings.testLimit || Number.MAX_SAFE_INTEGER,
    validationLimit: Math.min(VALIDATION_LIMIT, settings.testLimit || VALIDATION_LIMIT),
    sampleCount: settings.samples,
    checkpointEvery: settings.checkpointEvery,
    onEvaluation: (done, total) => progress.update(done / total, "evaluating"),
  });
  for await (const event of events) {
    await recorder.record(event);
    if (event.type === "step") progress.update(event.progress, noteOf(event));
    else progress.clear();
    if (event.type === "evaluation") output.line(epochRow(event));
    if (event.type !== "checkpoint")
      output.json(event.type === "samples" ? { ...event, pixels: undefined } : event);
  }
  const paths = [layout.model(directory), recorder.sheet].filter((path) => path !== null);
  output.json({ type: "saved", model: layout.model(directory), samples: recorder.sheet });
  if (flags.json !== true)
    process.stdout.write(`\nmodel    ${paths[0]}\n${paths[1] ? `samples  ${paths[1]}\n` : ""}`);
}

/** Null leaves them to the current backend; more than one thread only where a backend has one core each. */
async function gradientsFor(
  network: Network,
  backend: "wasm" | "cpu",
  { workers = availableParallelism(), batchSize }: TrainSettings,
): Promise<GradientComputer | undefined> {
  const threads = backend === "wasm" ? Math.min(workers, batchSize) : 1;
  if (threads < 2) return undefined;
  const { ParallelGradients } = await import("../workers/parallel-gradients.ts");
  return ParallelGradients.start(network, backend, threads);
}

function noteOf({ epoch, nats, imagesPerSecond }: TrainingEvent & { type: "step" }): string {
  return `epoch ${epoch} · ${nats.toFixed(1)} nats · ${imagesPerSecond.toFixed(1)} images/s`;
}

function describeData({ height, width, channels }: Dataset, { levels, binarise }: Preparation): string {
  const kind = binarise === null ? `${levels} levels` : `${binarise} binarisation`;
  return `${height}×${width}${channels === 3 ? " RGB" : ""}, ${kind}`;
}

function classesFor({ classes }: TrainSettings, dataset: Dataset): number {
  if (classes !== undefined && classes !== 0 && classes !== dataset.classes) {
    throw new CliError(
      `--classes: expected 0 or ${dataset.classes}, the number of ${dataset.name}, got ${classes}`,
    );
  }
  return classes ?? dataset.classes;
}

function lengthOf({ epochs, steps, minutes }: TrainSettings) {
  if (steps !== undefined) return { steps };
  return epochs !== undefined ? { epochs } : { minutes: minutes! };
}

function defaultRunName({ dataset, model }: TrainSettings): string {
  const time = new Date().toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
  return `${plainName(dataset)}-${model}-${time}`;
}

/** What ran, as a config file: without the run's name, so that it can be run again. */
function configOf({ run: _, ...settings }: TrainSettings): Record<string, unknown> {
  const dataset = absoluteName(settings.dataset);
  return { ...settings, dataset, ...(settings.dataDir && { dataDir: userPath(settings.dataDir) }) };
}

function modelFileOf(
  { model, step }: CheckpointEvent,
  evaluation: EvaluationEvent | null,
  { dataset }: TrainSettings,
  preparation: Preparation,
): ModelFile {
  return {
    model,
    preparation,
    provenance: {
      dataset,
      command: `train ${process.argv.slice(3).join(" ")}`.trim(),
      date: new Date().toISOString(),
      steps: step,
      trainNats: evaluation?.trainNats ?? null,
      validation: evaluation?.validation ?? null,
      test: evaluation?.test ?? null,
    },
  };
}
