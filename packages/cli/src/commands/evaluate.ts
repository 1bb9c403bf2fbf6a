import type { StartableBackend } from "@pixelcnn/backends";
import type { ModelFile } from "@pixelcnn/core";
import { type Dataset, limitSplit, type Preparation } from "@pixelcnn/core/data";
import { withPlugin } from "../chosen-plugin.ts";
import { CliError } from "../cli-error.ts";
import { datasetOfModel, preparedAs } from "../evaluation/dataset-of-model.ts";
import { likelihoodOn } from "../evaluation/likelihood-on.ts";
import { StandardError } from "../evaluation/standard-error.ts";
import { type Output, type OutputFlags, outputFor } from "../output/print.ts";
import { progressBar } from "../output/progress.ts";
import { readModel } from "../read-model.ts";
import { type EvaluateSettings, evaluateDefaults, evaluateSettings } from "../settings/evaluate-settings.ts";
import { withModelArgument } from "../settings/model-argument.ts";
import { resolveSettings } from "../settings/resolve.ts";

export async function runEvaluate(
  modelFile: string | undefined,
  given: OutputFlags & Record<string, unknown>,
): Promise<void> {
  const flags = withModelArgument(modelFile, given);
  const settings = await withPlugin(
    await resolveSettings(evaluateSettings, { defaults: evaluateDefaults, flags }),
  );
  const { chooseBackend, prepareProcess } = await import("@pixelcnn/backends");
  await prepareProcess(settings.backend);
  const quiet = flags.quiet === true || flags.json === true;
  const file = await readModel(settings.modelFile);
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
    dataset,
    name,
    settings,
    quiet,
    output: outputFor({ ...flags, quiet: false }),
  };
  await (settings.classAgreement ? reportAgreement(task) : reportLikelihood(task));
}

/** Asked before a data set is read. */
function checkClasses({ model }: ModelFile): void {
  if (model.network.classes > 0) return;
  throw new CliError(
    "--class-agreement: expected a model with classes, got one without; leave it out, or name another model",
  );
}

interface Task {
  readonly backend: StartableBackend;
  readonly file: ModelFile;
  readonly dataset: Dataset;
  /** As the user named the set. */
  readonly name: string;
  readonly settings: EvaluateSettings;
  readonly quiet: boolean;
  readonly output: Output;
}

async function reportLikelihood({
  backend,
  file,
  dataset,
  name,
  settings,
  quiet,
  output,
}: Task): Promise<void> {
  const { split: part, limit, seed, batchSize } = settings;
  const { preparation } = file;
  const split = limit === undefined ? dataset[part] : limitSplit(dataset[part], limit);
  const progress = progressBar("evaluating", quiet);
  const error = new StandardError();
  const result = await likelihoodOn(backend, file.model, dataset, split, {
    preparation,
    seed,
    batchSize,
    onProgress: (done, total) => progress.update(done / total, `${done} of ${total} pictures`),
    onNats: (values) => error.add(values),
  });
  progress.clear();
  const { images, nats, bitsPerDim } = result;
  if (!Number.isFinite(nats)) {
    throw new CliError(
      `expected a finite likelihood, got ${nats} nats: the model's numbers overflow float32; use an earlier checkpoint, or train again with a lower learning rate`,
    );
  }
  const errorNats = error.value;
  const errorBits = errorNats === null ? null : (errorNats * bitsPerDim) / nats;
  output.json({ ...result, standardError: { nats: errorNats, bitsPerDim: errorBits } });
  const sure = (value: number | null, digits: number) =>
    value === null ? "" : ` ± ${value.toFixed(digits)}`;
  output.line(
    `${name} ${part}, ${kindOf(preparation, dataset)}: ${nats.toFixed(2)}${sure(errorNats, 2)} nats, ` +
      `${bitsPerDim.toFixed(4)}${sure(errorBits, 4)} bits/dim (${images} pictures)`,
  );
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
  if (dataset.palette) return `${levels} colours`;
  if (binarise === null) return `${levels} levels`;
  const kind = preparedAs(preparation, dataset);
  return kind === binarise
    ? `${kind} binarisation`
    : `${kind} binarisation (the model was trained with ${binarise})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
