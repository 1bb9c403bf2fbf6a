/** Measures a shipped model on the real test pictures. A backend has been started. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { countWeights, type ModelFile } from "@pixelcnn/core";
import { type Dataset, limitSplit } from "@pixelcnn/core/data";
import { evaluate } from "@pixelcnn/core/training";
import { listDatasets } from "@pixelcnn/datasets";
import * as v from "valibot";
import { CliError } from "../../src/cli-error.ts";
import { placesFor } from "../../src/dataset-access.ts";
import { type Copies, countCopies } from "../../src/evaluation/count-copies.ts";
import { datasetOfModel } from "../../src/evaluation/dataset-of-model.ts";
import { readModel } from "../../src/read-model.ts";
import { parseConfig } from "../../src/settings/config-text.ts";
import { type Measurement, modelFileIn, sha256Of } from "./record.ts";

/** Pictures of the subset by which a measurement can be checked in seconds. */
const PART_PICTURES = 40;
const SAMPLES_PER_CLASS = 100;
/** Samples that are looked for among the training pictures. */
const COPIES_OF = 1000;
/** Those of the subset by which that can be checked. */
const PART_COPIES_OF = 100;
const seed = 0;
const hasBatch = v.object({ batchSize: v.number() });

/** Everything that is recorded of a model. */
export async function measureModel(root: string, model: string): Promise<Measurement> {
  const path = modelFileIn(root, model);
  const file = await readModel(path);
  const { network } = file.model;
  const { provenance, preparation } = file;
  const { height, width, channels, levels } = network.picture;
  const dataset = await datasetOfModel(file, { quiet: true });
  const test = await evaluate(file.model, dataset, dataset.test, { preparation, seed });
  return {
    sha256: await sha256Of(path),
    dataset: provenance.dataset,
    picture: { height, width, channels, levels },
    binarise: preparation.binarise,
    weights: countWeights(network),
    steps: provenance.steps,
    test,
    part: test.images > PART_PICTURES ? await measurePart(file, dataset, PART_PICTURES) : test,
    classAgreement: await judge(file, dataset),
    ...(dataset.unordered && { copies: await copiesOf(root, file, dataset) }),
  };
}

/** What a judge says of a model's samples and of real pictures; null for a model without classes. */
export async function judgeModel(root: string, model: string): Promise<Measurement["classAgreement"]> {
  const file = await readModel(modelFileIn(root, model));
  if (file.model.network.classes === 0) return null;
  return judge(file, await datasetOfModel(file, { quiet: true }));
}

/** Samples that are pictures of the training, counted again, as `part` of the count. */
export async function recountCopies(root: string, model: string, images: number): Promise<Copies> {
  const file = await readModel(modelFileIn(root, model));
  return copiesAmong(images, root, file, await datasetOfModel(file, { quiet: true }));
}

async function judge(file: ModelFile, dataset: Dataset): Promise<Measurement["classAgreement"]> {
  if (file.model.network.classes === 0) return null;
  const { measureClassAgreement } = await import("../../src/classifier/class-agreement.ts");
  const { images, agreement, classifier } = await measureClassAgreement(file, dataset, {
    samplesPerClass: SAMPLES_PER_CLASS,
    seed,
    batchSize: 32,
  });
  return { images, agreement, classifier };
}

async function copiesOf(
  root: string,
  file: ModelFile,
  dataset: Dataset,
): Promise<NonNullable<Measurement["copies"]>> {
  const all = await copiesAmong(COPIES_OF, root, file, dataset);
  const { images, copies } = await copiesAmong(PART_COPIES_OF, root, file, dataset);
  return { ...all, part: { images, copies } };
}

async function copiesAmong(images: number, root: string, file: ModelFile, dataset: Dataset): Promise<Copies> {
  const epochs = await epochsOf(root, file, dataset);
  return countCopies(file, dataset, { images, epochs, seed, batchSize: 32 });
}

/** Passes over the training pictures that a model has had, begun ones too, by the batch of the config that its command names. */
async function epochsOf(root: string, { provenance }: ModelFile, dataset: Dataset): Promise<number> {
  const config = /--config (\S+)/.exec(provenance.command)?.[1];
  if (config === undefined) {
    throw new CliError(`expected a command with --config, got "${provenance.command}"; train by a config`);
  }
  const { batchSize } = v.parse(hasBatch, await parseConfig(await readFile(join(root, config)), config));
  return Math.ceil((provenance.steps * batchSize) / dataset.train.length);
}

/** Mean nats of evenly spaced test pictures, as `part` of a measurement. */
export async function remeasurePart(root: string, model: string, images: number): Promise<number> {
  const file = await readModel(modelFileIn(root, model));
  return (await measurePart(file, await datasetOfModel(file, { quiet: true }), images)).nats;
}

/** Whether a set is on this machine: nothing is downloaded for a measurement. */
export function hasDataset(name: string): boolean {
  return listDatasets(placesFor(undefined).folders).some((set) => set.name === name && set.place !== null);
}

function measurePart(file: Awaited<ReturnType<typeof readModel>>, dataset: Dataset, images: number) {
  const { model, preparation } = file;
  return evaluate(model, dataset, limitSplit(dataset.test, images), { preparation, seed });
}
