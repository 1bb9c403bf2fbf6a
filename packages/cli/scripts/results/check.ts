/** Do the record, the cards and the documents say what the model files give? */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { countWeights, dimensions } from "@pixelcnn/core";
import { readModel } from "../../src/read-model.ts";
import { pagesOf } from "./pages.ts";
import { findMisquoted, quotingDocuments } from "./quoted-figures.ts";
import { type Measurement, modelFileIn, type Results, sha256Of, shippedModels } from "./record.ts";

/** Two roundings of a double. */
const ROUNDING = 1e-12;

/** One line for every page, model or record that does not fit the others; quick, since nothing is measured. */
export async function findStale(root: string, results: Results): Promise<string[]> {
  const shipped = await shippedModels(root);
  const problems = Object.keys(results)
    .filter((model) => !shipped.includes(model))
    .map((model) => `models/results.json: expected no ${model}, which is not in models/`);
  for (const model of shipped) {
    const measured = results[model];
    if (measured === undefined) problems.push(`models/results.json: expected ${model}, got none`);
    else problems.push(...(await findForeign(root, model, measured)));
  }
  for (const { path, text, current } of await pagesOf(root, results)) {
    if (text !== current) problems.push(`${path}: expected the measured values, got others`);
  }
  for (const path of await quotingDocuments(root)) {
    problems.push(...findMisquoted(path, await readFile(join(root, path), "utf8"), results));
  }
  return problems;
}

/** What of a record is not of the file that it is about, or not of one measurement. */
async function findForeign(root: string, model: string, measured: Measurement): Promise<string[]> {
  const path = modelFileIn(root, model);
  if (measured.sha256 !== (await sha256Of(path)))
    return [`models/${model}.safetensors: expected the file that was measured, got another`];
  const { model: read, preparation, provenance } = await readModel(path);
  const { height, width, channels, levels } = read.network.picture;
  const { binarise } = preparation;
  const { dataset, steps } = provenance;
  const weights = countWeights(read.network);
  const ofFile = { dataset, picture: { height, width, channels, levels }, binarise, weights, steps };
  const foreign = Object.entries(ofFile).filter(
    ([name, value]) => !isDeepStrictEqual(measured[name as keyof typeof ofFile], value),
  );
  const problems = foreign.map(
    ([name, value]) =>
      `models/results.json: expected ${name} ${JSON.stringify(value)} of ${model}, as its file has it, got ${JSON.stringify(measured[name as keyof typeof ofFile])}`,
  );
  for (const part of ["test", "part"] as const) {
    const { nats, bitsPerDim } = measured[part];
    const bits = nats / Math.LN2 / dimensions(read.network.picture);
    if (Math.abs(bits / bitsPerDim - 1) > ROUNDING) {
      problems.push(
        `models/results.json: expected ${bits} bits/dim of ${nats} nats in ${model}'s ${part}, got ${bitsPerDim}`,
      );
    }
  }
  return problems;
}
