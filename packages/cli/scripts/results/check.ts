/** Do the record and the pages say what the model files give? */
import { hasDataset, remeasurePart } from "./measure.ts";
import { pagesOf } from "./pages.ts";
import { modelFileIn, type Results, sha256Of, shippedModels } from "./record.ts";

/** Backends and batches add floats in different orders. */
const RELATIVE_TOLERANCE = 1e-5;

/** One line for every page, model or record that does not fit the others; quick, since nothing is measured. */
export async function findStale(root: string, results: Results): Promise<string[]> {
  const shipped = await shippedModels(root);
  const problems = Object.keys(results)
    .filter((model) => !shipped.includes(model))
    .map((model) => `models/results.json: expected no ${model}, which is not in models/`);
  for (const model of shipped) {
    const measured = results[model];
    if (measured === undefined) problems.push(`models/results.json: expected ${model}, got none`);
    else if (measured.sha256 !== (await sha256Of(modelFileIn(root, model))))
      problems.push(`models/${model}.safetensors: expected the file that was measured, got another`);
  }
  for (const { path, text, current } of await pagesOf(root, results)) {
    if (text !== current) problems.push(`${path}: expected the measured values, got others`);
  }
  return problems;
}

export interface Remeasured {
  readonly model: string;
  /** Null where the data set is not on this machine. */
  readonly nats: number | null;
  readonly recorded: number;
  readonly images: number;
  readonly agrees: boolean;
}

/** Measures the part of every model's test pictures again whose set is here. A backend has been started. */
export async function* remeasure(root: string, results: Results): AsyncGenerator<Remeasured> {
  for (const [model, { dataset, part }] of Object.entries(results)) {
    const nats = hasDataset(dataset) ? await remeasurePart(root, model, part.images) : null;
    const agrees = nats !== null && Math.abs(nats / part.nats - 1) < RELATIVE_TOLERANCE;
    yield { model, nats, recorded: part.nats, images: part.images, agrees };
  }
}
