/**
 * `pnpm --filter cli surprising-pictures [model…]`: looks for the test pictures that a shipped model expected least and most, and
 * writes them to models/<name>.pictures.json, which the site shows. All of models/ without names. PIXELCNN_DATA says where the sets lie.
 */
import { join, resolve } from "node:path";
import { chooseBackend, enableRelaxedSimd, type StartableBackend } from "@pixelcnn/backends";
import { levelArray, type ModelFile } from "@pixelcnn/core";
import { type Dataset, pictureReader } from "@pixelcnn/core/data";
import { writeAtomic } from "@pixelcnn/runs";
import { datasetOfModel } from "../src/evaluation/dataset-of-model.ts";
import { likelihoodOn } from "../src/evaluation/likelihood-on.ts";
import { progressBar } from "../src/output/progress.ts";
import { packageRoot } from "../src/package-root.ts";
import { readModel } from "../src/read-model.ts";
import { modelFileIn, sha256Of, shippedModels } from "./results/record.ts";

const root = resolve(packageRoot, "../..");
/** Pictures of either kind. */
const KEPT = 8;
const seed = 0;

interface Scored {
  /** Place in the test set. */
  readonly index: number;
  /** Null where the set has none. */
  readonly label: number | null;
  readonly nats: number;
  /** [H, W, C], a byte a level, base64. */
  readonly levels: string;
}

enableRelaxedSimd();
const backend = await chooseBackend("auto");
const named = process.argv.slice(2);
for (const name of named.length > 0 ? named : await shippedModels(root)) {
  const path = modelFileIn(root, name);
  const file = await readModel(path);
  const dataset = await datasetOfModel(file, { quiet: true });
  const nats = await natsOfTestSet(backend, file, dataset);
  const order = nats.map((_, index) => index).sort((a, b) => nats[b]! - nats[a]!);
  const read = pictureReader(dataset, dataset.test, file.preparation, { seed, time: 0 });
  const scored = (index: number): Scored => {
    const levels = levelArray(
      Math.max(dataset.levels, file.preparation.levels),
      dataset.height * dataset.width * dataset.channels,
    );
    const label = read(index, levels);
    return {
      index,
      label: dataset.classes > 0 ? label : null,
      nats: nats[index]!,
      levels: Buffer.from(levels).toString("base64"),
    };
  };
  const result = {
    model: await sha256Of(path),
    dataset: dataset.name,
    examined: nats.length,
    most: order.slice(0, KEPT).map(scored),
    least: order.slice(-KEPT).reverse().map(scored),
  };
  await writeAtomic(join(root, "models", `${name}.pictures.json`), `${JSON.stringify(result, null, 2)}\n`);
  const [most, least] = [result.most[0]!.nats.toFixed(1), result.least[0]!.nats.toFixed(1)];
  process.stdout.write(
    `${name}: from ${least} to ${most} nats in ${nats.length} test pictures of ${dataset.name}\n`,
  );
}

/** -log p of every test picture. */
async function natsOfTestSet(
  backend: StartableBackend,
  { model, preparation }: ModelFile,
  dataset: Dataset,
): Promise<number[]> {
  const progress = progressBar("reading", false);
  const nats: number[] = [];
  await likelihoodOn(backend, model, dataset, dataset.test, {
    preparation,
    seed,
    onNats: (values) => nats.push(...values),
    onProgress: (done, total) => progress.update(done / total, `${done}/${total} pictures`),
  });
  progress.clear();
  return nats;
}
