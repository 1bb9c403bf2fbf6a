import { BackendError, chooseBackend, prepareProcess, trainingEngine } from "@pixelcnn/backends";
import { countWeights } from "@pixelcnn/core";
import type { Dataset } from "@pixelcnn/core/data";
import type { DoneEvent, StepEvent } from "@pixelcnn/core/training";
import { fullName, ownFolder } from "@pixelcnn/datasets";
import { layout, readRun } from "@pixelcnn/runs";
import { withPlugin } from "../chosen-plugin.ts";
import { CliError } from "../cli-error.ts";
import { datasetWithHome, withoutHome } from "../home.ts";
import { invocation } from "../invocation.ts";
import { tableWidth } from "../output/columns.ts";
import { epochTable } from "../output/epoch-table.ts";
import { type Output, type OutputFlags, outputFor } from "../output/print.ts";
import { progressBar } from "../output/progress.ts";
import { shellQuote } from "../output/shell-quote.ts";
import { outputIsOptional } from "../output/unread-output.ts";
import { runDirectory } from "../paths.ts";
import { readModel } from "../read-model.ts";
import { knownRun } from "../runs/known-run.ts";
import { flagOf } from "../settings/flags.ts";
import { namedSettings, resolveSettings } from "../settings/resolve.ts";
import { minutesOf } from "../settings/schema.ts";
import {
  exclusiveSettings,
  resumableSettings,
  storedTypes,
  type TrainSettings,
  trainDefaults,
  trainSettings,
} from "../settings/train-settings.ts";
import { checkBesideInitFrom } from "../training/beside-init-from.ts";
import { describeData } from "../training/describe-data.ts";
import { explainDivergence, isDiverged } from "../training/divergence.ts";
import { finishedNote } from "../training/finished-run.ts";
import { withCommand } from "../training/history.ts";
import { configOf, createRun, resumeRun, whereToGoOn, withOwnModel } from "../training/open-run.ts";
import { Patience } from "../training/patience.ts";
import { planTraining } from "../training/plan.ts";
import { RunRecorder } from "../training/run-recorder.ts";
import { stopRun } from "../training/stop-run.ts";
import { summaryLines, whereItLies } from "../training/summary.ts";
import { tellCost } from "../training/tell-cost.ts";
import { trainOptions } from "../training/train-options.ts";
import {
  checkWorkers,
  devicesFor,
  engineText,
  precisionFor,
  threadsFor,
} from "../training/training-engine.ts";
import { TrainingSignals } from "../training/training-signals.ts";
import { userPath } from "../user-path.ts";

type Flags = OutputFlags & {
  readonly resume?: string;
  readonly stop?: string;
  readonly dryRun?: boolean;
} & Record<string, unknown>;

export async function runTrain(given: Flags): Promise<void> {
  const { resume, stop } = given;
  const flags = { ...given, ...(resume !== undefined && { resume: await knownRun(resume) }) };
  const output = outputFor(flags);
  if (stop !== undefined) {
    const step = await stopRun(await knownRun(stop));
    output.json({ type: "stopped", step });
    output.line(`stopped and saved at step ${step.toLocaleString("en")}`);
    return;
  }
  outputIsOptional();
  const signals = new TrainingSignals();
  try {
    await trainRun(flags, output, signals);
  } finally {
    signals.release();
  }
}

async function trainRun(flags: Flags, output: Output, signals: TrainingSignals): Promise<void> {
  const chosen = await withPlugin(await settingsOf(flags));
  await prepareProcess(chosen.backend);
  const finished = flags.resume === undefined ? null : await finishedNote(flags.resume, chosen);
  if (finished !== null) {
    output.json({ type: "finished", message: finished });
    if (flags.json !== true) process.stdout.write(`${finished}\n`);
    return;
  }
  if (flags.workers !== undefined) checkWorkers(chosen);
  const silent = flags.quiet === true || flags.json === true;
  const plan = await planTraining(
    flags.resume === undefined ? chosen : withOwnModel(chosen, flags.resume),
    silent,
    flags.resume === undefined
      ? await namedSettings(trainSettings, { flags, exclusive: exclusiveSettings })
      : chosen,
  );
  const { dataset, preparation, start } = plan;
  const { network } = start;
  const backend = await chooseBackend(chosen.backend);
  const threads = threadsFor(backend, chosen);
  const devices = devicesFor(backend, chosen);
  const precision = precisionFor(backend, chosen);
  // What ran is written down: the numbers depend on the backend and on how many threads added up the gradients.
  const settings = { ...chosen, ...shapeOf(chosen.dataset, dataset), backend, workers: threads };
  if (flags.dryRun === true) {
    if (flags.resume !== undefined) await whereToGoOn(flags.resume, settings);
    return tellCost({ plan, settings, backend, threads, engine: { devices, precision }, output });
  }
  const progress = progressBar("", silent);
  const warn = (message: string) => {
    progress.clear();
    process.stderr.write(`${message}\n`);
  };
  const { writer, checkpoint, bestNats } =
    flags.resume === undefined
      ? await createRun(settings, configOf(settings))
      : await resumeRun(flags.resume, settings, warn);
  const { directory } = writer;
  const state = checkpoint?.state ?? null;
  const ending = signals.begin(writer.stopping, () => {
    if (!silent) warn("stopping as soon as this step is done and saved; Ctrl-C again ends it unsaved");
  });
  const weights = countWeights(network);
  const before = state === null ? [] : (await readRun(directory)).records;
  const patience = new Patience(settings.patience, before);
  let done: DoneEvent | null = null;
  const recorder = new RunRecorder({
    writer,
    network,
    preparation,
    dataset: withoutHome(settings.dataset),
    keep: settings.keep,
    stored: storedTypes[settings.storedWeights],
    history: withCommand(checkpoint?.history ?? plan.history, withoutHome(process.argv.slice(2).join(" "))),
    bestNats,
    warn,
  });
  try {
    const started = { type: "started" as const, time: new Date().toISOString(), weights, backend };
    if (state === null) await writer.append(started);
    output.json({ ...started, workers: threads, precision, run: directory, step: state?.step ?? 0 });
    const shared = devices === 1 ? "" : `, ${devices} devices`;
    const multiplied = precision === "float32" ? "" : `, ${precision}`;
    const where = `${engineText(backend, threads)}${shared}${multiplied}`;
    output.line(
      `${settings.initFrom ?? settings.model}, ${weights.toLocaleString("en")} weights, on ${dataset.name} ` +
        `(${describeData(dataset, preparation)}), ${where}`,
    );
    output.line(`run ${directory}${state === null ? "" : `, from step ${state.step}`}\n`);
    const table = epochTable(tableWidth());
    output.line(table.header);
    const { train } = await import("@pixelcnn/core/training");
    const events = train(start, dataset, {
      ...trainOptions(settings),
      preparation,
      engine: trainingEngine(network, backend, threads, { devices, precision }),
      resume: state ?? undefined,
      signal: ending,
      wantsCheckpoint: () => signals.takeWish(),
      isEnough: (measured) => patience.isEnough(measured),
      onEvaluation: (done, total) => progress.updatePart(done / total, `evaluating ${done} of ${total}`),
    });
    let isConfigKept = state === null;
    for await (const event of events) {
      // Of a run that goes on, the settings that its steps are made with: those of none are not written down.
      if (!isConfigKept && event.type === "step") {
        isConfigKept = true;
        await writer.saveConfig(configOf(settings));
      }
      await recorder.record(event);
      if (event.type === "step") {
        progress.update(event.progress, epochOf(event, settings), notesOf(event));
      } else progress.clear();
      if (event.type === "evaluation") output.line(table.row(event));
      if (event.type === "done") done = event;
      if (event.type === "samples") output.json({ ...event, pixels: undefined });
      else if (event.type !== "checkpoint") output.json(event);
    }
    progress.clear();
    if (recorder.unsaved !== null) {
      throw new CliError(
        `${directory}: the last checkpoint could not be written (${recorder.unsaved}); mend that and go on with --resume`,
      );
    }
    const saved = { type: "saved", model: layout.model(directory), samples: recorder.sheet };
    output.json(saved);
    if (flags.json === true) return;
    const ended = { directory, samples: recorder.sheet, done, bestEpoch: patience.bestEpoch };
    if (patience.isOver) output.line(`\nno better validation in ${settings.patience} epochs: ended early`);
    const lines = flags.quiet === true && !ending.aborted ? whereItLies(ended) : summaryLines(ended);
    process.stdout.write(`\n${lines.join("\n")}\n`);
  } catch (error) {
    const isDiscarded = state === null && recorder.isEmpty;
    if (isDiscarded) await writer.discard();
    if (isDiverged(error))
      throw new CliError(explainDivergence(error, isDiscarded ? null : directory), { cause: error });
    const isKnown = error instanceof CliError || error instanceof BackendError;
    if (!isKnown || recorder.savedStep === null || recorder.unsaved !== null) throw error;
    throw new CliError(
      `${error.message}; step ${recorder.savedStep} is saved: ${invocation} train --resume ${shellQuote(directory)}`,
      { cause: error },
    );
  } finally {
    await writer.close();
  }
}

/** The settings of a new run, or those of the run that goes on with what may be changed in it. */
async function settingsOf(flags: Flags): Promise<TrainSettings> {
  const sources = { defaults: trainDefaults, exclusive: exclusiveSettings };
  if (flags.resume === undefined) {
    const settings = await resolveSettings(trainSettings, { ...sources, flags });
    if (settings.initFrom !== undefined) {
      const named = await namedSettings(trainSettings, { ...sources, flags });
      checkBesideInitFrom(named, await readModel(settings.initFrom));
    }
    return inMinutes({ ...settings, dataset: fullName(datasetWithHome(settings.dataset), userPath(".")) });
  }
  const fixed = Object.keys(flags).find(
    (key) => key in trainSettings.entries && !resumableSettings.some((allowed) => allowed === key),
  );
  if (fixed !== undefined || flags.config !== undefined) {
    throw new CliError(
      `--resume: expected only ${resumableSettings.map(flagOf).join(", ")} beside it, got ${flagOf(fixed ?? "config")}; ` +
        "start a new run to change it",
    );
  }
  const config = layout.config(runDirectory(flags.resume));
  const { pjrtPlugin, ...settings } = await resolveSettings(trainSettings, {
    ...sources,
    flags: { ...flags, config },
  });
  // Who names a backend anew does not mean the plugin that the run has had.
  const dataset = datasetWithHome(settings.dataset);
  const isMeant = pjrtPlugin !== undefined && (flags.backend === undefined || flags.pjrtPlugin !== undefined);
  return inMinutes({ ...settings, dataset, ...(isMeant && { pjrtPlugin }) });
}

/** `time` is another way to say `minutes`; all else knows those alone. */
function inMinutes({ time, ...settings }: TrainSettings): TrainSettings {
  return time === undefined ? settings : { ...settings, minutes: minutesOf(time) };
}

/** What a set's pictures decided together: whoever goes on with the run does not ask them again. */
function shapeOf(
  name: string,
  { width, height, channels, levels, unordered, palette }: Dataset,
): Partial<TrainSettings> {
  const isFolder = ownFolder(name, userPath("."))?.kind === "folder";
  const kind = palette ? { palette: "yes" as const } : { grey: channels === 1 };
  return {
    ...(isFolder && { size: `${width}x${height}`, ...kind }),
    ...(unordered && { levels }),
  };
}

/** How far it is, by what ends it. */
function epochOf({ epoch, step }: StepEvent, { epochs, steps }: TrainSettings): string {
  if (steps !== undefined) return `step ${step} of ${steps}`;
  return epochs === undefined ? `epoch ${epoch}` : `epoch ${epoch} of ${epochs}`;
}

function notesOf({ nats, imagesPerSecond }: StepEvent): string[] {
  return [`${nats.toFixed(1)} nats`, `${imagesPerSecond.toFixed(1)} pictures/s`];
}
