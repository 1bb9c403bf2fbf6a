/** What a training starts from: data set, how its pixels become levels, and a model with its first weights. */
import { buildPreset, isOrdered, type Model, ShapeError } from "@pixelcnn/core";
import { type Dataset, type Preparation, pictureOf, preparationFor } from "@pixelcnn/core/data";
import { loadDataset, parseSize } from "@pixelcnn/datasets";
import { CliError } from "../cli-error.ts";
import { accessFor, placesFor } from "../dataset-access.ts";
import { datasetOfModel } from "../evaluation/dataset-of-model.ts";
import { levelsText } from "../output/levels-text.ts";
import { readModel } from "../read-model.ts";
import type { TrainSettings } from "../settings/train-settings.ts";
import { chosenEmbedding } from "./chosen-embedding.ts";
import { chosenLikelihood } from "./chosen-likelihood.ts";
import { type History, historyOf, noHistory } from "./history.ts";

export interface TrainingPlan {
  readonly dataset: Dataset;
  readonly preparation: Preparation;
  readonly start: Model;
  /** Of the first weights. */
  readonly history: History;
}

/**
 * @param named levels that somebody chose; left out, names of things have as many as there are, and amounts those of the settings.
 * @throws {DataError} when the set is none for the model; other errors name what they are about.
 */
export async function planTraining(
  settings: TrainSettings,
  quiet: boolean,
  named?: Pick<Partial<TrainSettings>, "levels">,
): Promise<TrainingPlan> {
  const { dataDir, size, grey, palette, background } = settings;
  const options = {
    ...(size !== undefined && { size: parseSize(size) }),
    ...(grey !== undefined && { grey }),
    ...(background !== undefined && { background }),
  };
  if (settings.initFrom !== undefined) {
    const file = await readModel(settings.initFrom);
    const dataset = await datasetOfModel(file, {
      ...options,
      ...(dataDir !== undefined && { dataDir }),
      dataset: settings.dataset,
      quiet,
    });
    const { model, preparation, provenance } = file;
    return { dataset, preparation, start: model, history: historyOf(provenance) };
  }
  const dataset = await loadDataset(settings.dataset, placesFor(dataDir), {
    ...options,
    ...(palette !== undefined && { palette: palette === "yes" }),
    ...(named?.levels !== undefined && { levels: named.levels }),
    ...accessFor(quiet),
  });
  const levels = dataset.unordered ? (named?.levels ?? dataset.levels) : settings.levels;
  const preparation = preparationFor(dataset, levels, settings.binarise);
  const picture = pictureOf(dataset, levels);
  const likelihood = chosenLikelihood(settings);
  if (!isOrdered(picture) && likelihood.likelihood?.kind === "mixture") {
    throw new CliError(
      `--likelihood: expected categorical for ${levelsText(picture)} without an order, got mixture, which is of amounts; leave it out`,
    );
  }
  const network = buildPreset(settings.model, {
    picture,
    classes: classesFor(settings, dataset),
    channels: settings.channels,
    layers: settings.layers,
    dropout: settings.dropout,
    ...(settings.dilations && { dilations: settings.dilations }),
    ...(settings.hinges && { hinges: true }),
    ...(settings.window && { window: settings.window }),
    ...(settings.planes && { planes: settings.planes }),
    ...(settings.heads && { heads: settings.heads }),
    ...chosenEmbedding(settings, picture),
    ...likelihood,
  });
  const { initialise } = await import("@pixelcnn/core/training");
  const start = initialise(network, settings.seed);
  if (settings.warmStart === undefined) return { dataset, preparation, start, history: noHistory };
  return { dataset, preparation, ...(await startWarm(start, settings.warmStart)) };
}

async function startWarm(start: Model, name: string): Promise<Pick<TrainingPlan, "start" | "history">> {
  const { warmStart } = await import("@pixelcnn/core/training");
  const { model, provenance } = await readModel(name);
  try {
    return { start: warmStart(start, model), history: historyOf(provenance) };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new CliError(
      `--warm-start: ${error.message}; choose ${name}'s own --model, and --channels as many or more (describe tells them)`,
    );
  }
}

function classesFor({ classes }: TrainSettings, dataset: Dataset): number {
  if (classes !== undefined && classes !== 0 && classes !== dataset.classes) {
    throw new CliError(
      `--classes: expected 0 or ${dataset.classes}, the number of ${dataset.name}, got ${classes}`,
    );
  }
  return classes ?? dataset.classes;
}
