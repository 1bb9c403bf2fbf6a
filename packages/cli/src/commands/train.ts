import { countWeights } from "@pixelcnn/core";
import type { Dataset, Preparation } from "@pixelcnn/core/data";
import type { StepEvent } from "@pixelcnn/core/training";
import { layout } from "@pixelcnn/runs";
import { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { onInterruption } from "../interruption.ts";
import { invocation } from "../invocation.ts";
import { epochHeader, epochRow } from "../output/epoch-table.ts";
import { type OutputFlags, outputFor } from "../output/print.ts";
import { progressBar } from "../output/progress.ts";
import { runDirectory } from "../paths.ts";
import { addFlags } from "../settings/flags.ts";
import { resolveSettings } from "../settings/resolve.ts";
import {
  exclusiveSettings,
  resumableSettings,
  type TrainSettings,
  trainDefaults,
  trainSettings,
} from "../settings/train-settings.ts";
import { startGradients, threadsFor } from "../training/gradient-threads.ts";
import { configOf, createRun, resumeRun } from "../training/open-run.ts";
import { planTraining } from "../training/plan.ts";
import { RunRecorder } from "../training/run-recorder.ts";

/** Test pictures of an evaluation that nobody limited, but for the last. */
const TEST_LIMIT = 1000;
/** Validation pictures of every evaluation, at most. */
const VALIDATION_LIMIT = 500;

type Flags = OutputFlags & { readonly resume?: string } & Record<string, unknown>;

export function trainCommand(): Command {
  const command = new Command("train")
    .description("Train a model; with no flags the default one, on embedded data, in under three minutes.")
    .option("--config <file>", "JSON file with any of these settings; flags go before it")
    .option(
      "--resume <run>",
      "go on with a run, from its newest checkpoint, to the numbers it would have had",
    )
    .option("--quiet", "print only where the model and its samples are")
    .option("--json", "print every event as a line of JSON");
  return addFlags(command, trainSettings, trainDefaults).action(run);
}

async function run(flags: Flags): Promise<void> {
  const chosen = await settingsOf(flags);
  const silent = flags.quiet === true || flags.json === true;
  const { dataset, preparation, start } = await planTraining(chosen, silent);
  const { network } = start;
  const { chooseBackend } = await import("../backend/choose-backend.ts");
  const backend = await chooseBackend(chosen.backend);
  const threads = threadsFor(backend, chosen);
  // What ran is written down: the numbers depend on the backend and on how many threads added up the gradients.
  const settings = { ...chosen, backend, workers: threads };
  const { writer, state, bestNats } =
    flags.resume === undefined
      ? await createRun(settings, configOf(settings))
      : await resumeRun(flags.resume);
  const { directory } = writer;
  if (state !== null) await writer.saveConfig(configOf(settings));

  const output = outputFor(flags);
  const progress = progressBar("", silent);
  const interruption = onInterruption();
  const weights = countWeights(network);
  const recorder = new RunRecorder({
    writer,
    network,
    preparation,
    dataset: settings.dataset,
    keep: settings.keep,
    bestNats,
    warn(message) {
      progress.clear();
      process.stderr.write(`${message}\n`);
    },
  });
  try {
    const started = { type: "started" as const, time: new Date().toISOString(), weights, backend };
    if (state === null) await writer.append(started);
    output.json({ ...started, workers: threads, run: directory, step: state?.step ?? 0 });
    const where = `${backend} backend, ${threads} ${threads === 1 ? "thread" : "threads"}`;
    output.line(
      `${settings.initFrom ?? settings.model}, ${weights.toLocaleString("en")} weights, on ${dataset.name} ` +
        `(${describeData(dataset, preparation)}), ${where}`,
    );
    output.line(`run ${directory}${state === null ? "" : `, from step ${state.step}`}\n`);
    output.line(epochHeader());
    const { train } = await import("@pixelcnn/core/training");
    let share = 0;
    const events = train(start, dataset, {
      ...trainOptions(settings),
      preparation,
      gradients: await startGradients(network, backend, threads),
      resume: state ?? undefined,
      signal: interruption.signal,
      onEvaluation: (done, total) => progress.update(share, `evaluating ${done} of ${total}`),
    });
    for await (const event of events) {
      await recorder.record(event);
      if (event.type === "step") {
        share = event.progress;
        progress.update(share, epochOf(event, settings), notesOf(event));
      } else progress.clear();
      if (event.type === "evaluation") output.line(epochRow(event));
      if (event.type === "samples") output.json({ ...event, pixels: undefined });
      else if (event.type !== "checkpoint") output.json(event);
    }
    progress.clear();
    if (!recorder.saved) {
      throw new CliError(`${directory}: no space for the last checkpoint; free some and go on with --resume`);
    }
    const saved = { type: "saved", model: layout.model(directory), samples: recorder.sheet };
    output.json(saved);
    if (flags.json === true) return;
    if (interruption.signal.aborted) {
      process.stdout.write(`\nstopped and saved; go on with\n  ${invocation} train --resume ${directory}\n`);
      return;
    }
    process.stdout.write(`\nmodel    ${saved.model}\n${saved.samples ? `samples  ${saved.samples}\n` : ""}`);
  } finally {
    interruption.release();
    await writer.close();
  }
}

/** The settings of a new run, or those of the run that goes on with what may be changed in it. */
async function settingsOf(flags: Flags): Promise<TrainSettings> {
  const sources = { defaults: trainDefaults, exclusive: exclusiveSettings };
  if (flags.resume === undefined) return resolveSettings(trainSettings, { ...sources, flags });
  const fixed = Object.keys(flags).find(
    (key) => key in trainSettings.entries && !resumableSettings.some((allowed) => allowed === key),
  );
  if (fixed !== undefined || flags.config !== undefined) {
    throw new CliError(
      `--resume: expected only ${resumableSettings.join(", ")} beside it, got ${fixed ?? "config"}; ` +
        "start a new run to change it",
    );
  }
  const config = layout.config(runDirectory(flags.resume));
  return resolveSettings(trainSettings, { ...sources, flags: { ...flags, config } });
}

function trainOptions(settings: TrainSettings) {
  const { batchSize, learningRate, warmupSteps, clipNorm, averageDecay, seed, checkpointEvery } = settings;
  return {
    length: lengthOf(settings),
    ...{ batchSize, learningRate, warmupSteps, clipNorm, averageDecay, seed, checkpointEvery },
    trainLimit: settings.limit,
    testLimit: settings.testLimit === 0 ? Number.MAX_SAFE_INTEGER : (settings.testLimit ?? TEST_LIMIT),
    finalTestLimit: settings.testLimit || Number.MAX_SAFE_INTEGER,
    validationLimit: Math.min(VALIDATION_LIMIT, settings.testLimit || VALIDATION_LIMIT),
    sampleCount: settings.samples,
  };
}

/** How far it is, by what ends it. */
function epochOf({ epoch, step }: StepEvent, { epochs, steps }: TrainSettings): string {
  if (steps !== undefined) return `step ${step} of ${steps}`;
  return epochs === undefined ? `epoch ${epoch}` : `epoch ${epoch} of ${epochs}`;
}

function notesOf({ nats, imagesPerSecond }: StepEvent): string[] {
  return [`${nats.toFixed(1)} nats`, `${imagesPerSecond.toFixed(1)} images/s`];
}

function describeData({ height, width, channels }: Dataset, { levels, binarise }: Preparation): string {
  const kind = binarise === null ? `${levels} levels` : `${binarise} binarisation`;
  return `${height}×${width}${channels === 3 ? " RGB" : ""}, ${kind}`;
}

function lengthOf({ epochs, steps, minutes }: TrainSettings) {
  if (steps !== undefined) return { steps };
  return epochs !== undefined ? { epochs } : { minutes: minutes! };
}
