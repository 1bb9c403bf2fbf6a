import { isDeepStrictEqual } from "node:util";
import type { StartableBackend } from "@pixelcnn/backends";
import { type MeanLikelihood, type ModelFile, PairedDifference, StandardError } from "@pixelcnn/core";
import { type Dataset, limitSplit, type Preparation, pictureOf } from "@pixelcnn/core/data";
import { withPlugin } from "../chosen-plugin.ts";
import { CliError } from "../cli-error.ts";
import { datasetOfModel, preparedAs } from "../evaluation/dataset-of-model.ts";
import { likelihoodOn } from "../evaluation/likelihood-on.ts";
import { levelsText } from "../output/levels-text.ts";
import { type Output, type OutputFlags, outputFor } from "../output/print.ts";
import { progressBar } from "../output/progress.ts";
import { readModel } from "../read-model.ts";
import { type EvaluateSettings, evaluateDefaults, evaluateSettings } from "../settings/evaluate-settings.ts";
import { withModelArgument } from "../settings/model-argument.ts";
import { namedSettings, resolveSettings } from "../settings/resolve.ts";

export async function runEvaluate(
  modelFile: string | undefined,
  given: OutputFlags & Record<string, unknown>,
): Promise<void> {
  const flags = withModelArgument(modelFile, given);
  const settings = await withPlugin(
    await resolveSettings(evaluateSettings, { defaults: evaluateDefaults, flags }),
  );
  checkMeant(settings, await namedSettings(evaluateSettings, { flags }));
  const { chooseBackend, prepareProcess } = await import("@pixelcnn/backends");
  await prepareProcess(settings.backend);
  const quiet = flags.quiet === true || flags.json === true;
  const file = await readModel(settings.modelFile);
  const beside = settings.beside === undefined ? undefined : await readModel(settings.beside);
  if (beside) checkComparable(file, beside, settings);
  if (settings.classAgreement) {
    checkClasses(file);
    const { requireLayers } = await import("../classifier/layers.ts");
    await requireLayers();
  }
  const name = settings.dataset ?? file.provenance.dataset;
  const dataset = await datasetOfModel(file, { ...settings, dataset: name, quiet });
  const backend = await chooseBackend(settings.backend);
  const task = {
    backend,
    file,
    beside,
    dataset,
    name,
    settings,
    quiet,
    output: outputFor({ ...flags, quiet: false }),
  };
  await (settings.classAgreement ? reportAgreement(task) : reportLikelihood(task));
}

/** Nothing is left out that somebody has named, and that would make no difference. */
function checkMeant({ classAgreement }: EvaluateSettings, named: Partial<EvaluateSettings>): void {
  if (!classAgreement && named.samplesPerClass !== undefined) {
    throw new CliError(
      "--samples-per-class: expected --class-agreement beside it, got none; add it, or leave this one out",
    );
  }
  const other = (["beside", "split", "limit"] as const).find((name) => named[name] !== undefined);
  if (!classAgreement || other === undefined) return;
  throw new CliError(
    `--${other}: expected a likelihood to ${other === "beside" ? "compare" : "measure"}, got --class-agreement; leave one of them out`,
  );
}

/** Asked before a data set is read. */
function checkClasses({ model }: ModelFile): void {
  if (model.network.classes > 0) return;
  throw new CliError(
    "--class-agreement: expected a model with classes, got one without; leave it out, or name another model",
  );
}

/** Likelihoods of different levels, or of other pictures, do not compare. */
function checkComparable(
  file: ModelFile,
  beside: ModelFile,
  { modelFile, beside: name }: EvaluateSettings,
): void {
  const [own, other] = [file, beside].map(({ model, preparation: { levels, binarise } }) => {
    const { height, width, channels } = model.network.picture;
    const binarised = binarise === null ? "" : `, ${binarise} binarisation`;
    return `${height}×${width}×${channels} of ${levels} levels${binarised}`;
  });
  if (own === other && isDeepStrictEqual(file.model.network.picture, beside.model.network.picture)) return;
  throw new CliError(
    `--beside: expected a model of the same pictures as ${modelFile}, ${own}, got ${name}, ${other}${own === other ? " in other colours" : ""}; name another`,
  );
}

interface Task {
  readonly backend: StartableBackend;
  readonly file: ModelFile;
  /** Another model that is measured on the same pictures. */
  readonly beside: ModelFile | undefined;
  readonly dataset: Dataset;
  /** As the user named the set. */
  readonly name: string;
  readonly settings: EvaluateSettings;
  readonly quiet: boolean;
  readonly output: Output;
}

async function reportLikelihood(task: Task): Promise<void> {
  const { file, beside, dataset, name, settings, output } = task;
  const { split: part } = settings;
  const difference = new PairedDifference();
  const own = await measured(task, file, (nats) => difference.addFirst(nats));
  const other = beside && (await measured(task, beside, (nats) => difference.addSecond(nats)));
  output.json({
    ...own,
    ...(other && { beside: { modelFile: settings.beside, ...other, difference: difference.value } }),
  });
  const told = ({ nats, bitsPerDim, standardError }: Measured) =>
    `${nats.toFixed(2)}${sure(standardError.nats)} nats, ${bitsPerDim.toFixed(4)}${sure(standardError.bitsPerDim, 4)} bits/dim`;
  output.line(`${name} ${part}, ${kindOf(file.preparation, dataset)}: ${told(own)} (${own.images} pictures)`);
  if (other === undefined) return;
  const { nats, standardError } = difference.value;
  output.line(
    `${settings.beside}: ${told(other)}, ${Math.abs(nats).toFixed(2)}${sure(standardError)} nats ${nats < 0 ? "less" : "more"} by pairs of the same pictures`,
  );
}

/** A likelihood, and how sure its means are. */
interface Measured extends MeanLikelihood {
  readonly standardError: { readonly nats: number | null; readonly bitsPerDim: number | null };
}

async function measured(
  { backend, dataset, settings, quiet }: Task,
  { model, preparation }: ModelFile,
  onNats: (nats: ArrayLike<number>) => void,
): Promise<Measured> {
  const { split: part, limit, seed, batchSize } = settings;
  const split = limit === undefined ? dataset[part] : limitSplit(dataset[part], limit);
  const progress = progressBar("evaluating", quiet);
  const error = new StandardError();
  const result = await likelihoodOn(backend, model, dataset, split, {
    preparation,
    seed,
    batchSize,
    onProgress: (done, total) => progress.update(done / total, `${done} of ${total} pictures`),
    onNats: (values) => {
      error.add(values);
      onNats(values);
    },
  });
  progress.clear();
  const { nats, bitsPerDim } = result;
  if (!Number.isFinite(nats)) {
    throw new CliError(
      `expected a finite likelihood, got ${nats} nats: the model's numbers overflow float32; use an earlier checkpoint, or train again with a lower learning rate`,
    );
  }
  const errorNats = error.value;
  const errorBits = errorNats === null ? null : (errorNats * bitsPerDim) / nats;
  return { ...result, standardError: { nats: errorNats, bitsPerDim: errorBits } };
}

function sure(error: number | null, digits = 2): string {
  return error === null ? "" : ` ± ${error.toFixed(digits)}`;
}

async function reportAgreement({ file, dataset, name, settings, quiet, output }: Task): Promise<void> {
  const { samplesPerClass, seed, batchSize } = settings;
  const { measureClassAgreement } = await import("../classifier/class-agreement.ts");
  const progress = progressBar("judging", quiet);
  const result = await measureClassAgreement(file, dataset, {
    samplesPerClass,
    seed,
    batchSize,
    onProgress: (share, note) => progress.update(share, note),
  });
  progress.clear();
  output.json(result);
  const { images, agreement, perClass, classifier } = result;
  const least = perClass.indexOf(Math.min(...perClass));
  output.line(
    `${name}: a classifier agrees with the class asked for on ${percent(agreement)} of ${images} samples ` +
      `(least: class ${least}, ${percent(perClass[least]!)})`,
  );
  output.line(`of ${classifier.images} real test pictures it names ${percent(classifier.accuracy)} rightly`);
}

/** How the levels were made, and how otherwise in training if it was otherwise: the two likelihoods do not compare. */
function kindOf(preparation: Preparation, dataset: Dataset): string {
  const { levels, binarise } = preparation;
  if (binarise === null || dataset.palette) return levelsText(pictureOf(dataset, levels));
  const kind = preparedAs(preparation, dataset);
  return kind === binarise
    ? `${kind} binarisation`
    : `${kind} binarisation (the model was trained with ${binarise})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
