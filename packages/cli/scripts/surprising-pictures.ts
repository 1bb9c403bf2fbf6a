/**
 * `pnpm --filter cli surprising-pictures [model…]`: looks for the test pictures that a shipped model expected least and most, and
 * writes them to models/<name>.pictures.json, which the site shows. All of models/ without names. PIXELCNN_DATA says where the sets lie.
 */
import { join, resolve } from "node:path";
import { enableRelaxedSimd } from "@pixelcnn/backends";
import { type LevelArray, type ModelFile, sample } from "@pixelcnn/core";
import { type Dataset, readBatch } from "@pixelcnn/core/data";
import { writeAtomic } from "@pixelcnn/runs";
import { datasetOfModel } from "../src/evaluation/dataset-of-model.ts";
import { progressBar } from "../src/output/progress.ts";
import { packageRoot } from "../src/package-root.ts";
import { readModel } from "../src/read-model.ts";
import { modelFileIn, sha256Of, shippedModels } from "./results/record.ts";

const root = resolve(packageRoot, "../..");
/** Pictures of either kind. */
const KEPT = 8;
const BATCH = 16;

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
const named = process.argv.slice(2);
for (const name of named.length > 0 ? named : await shippedModels(root)) {
  const path = modelFileIn(root, name);
  const file = await readModel(path);
  const dataset = await datasetOfModel(file, { quiet: true });
  const scored = await scoreTestSet(file, dataset);
  scored.sort((a, b) => b.nats - a.nats);
  const result = {
    model: await sha256Of(path),
    dataset: dataset.name,
    examined: scored.length,
    most: scored.slice(0, KEPT),
    least: scored.slice(-KEPT).reverse(),
  };
  await writeAtomic(join(root, "models", `${name}.pictures.json`), `${JSON.stringify(result, null, 2)}\n`);
  const [most, least] = [result.most[0]!.nats.toFixed(1), result.least[0]!.nats.toFixed(1)];
  process.stdout.write(
    `${name}: from ${least} to ${most} nats in ${scored.length} test pictures of ${dataset.name}\n`,
  );
}

async function scoreTestSet(file: ModelFile, dataset: Dataset): Promise<Scored[]> {
  const { test } = dataset;
  const size = dataset.height * dataset.width * dataset.channels;
  const progress = progressBar("reading", false);
  const scored: Scored[] = [];
  for (let first = 0; first < test.length; first += BATCH) {
    const indices = Array.from({ length: Math.min(BATCH, test.length - first) }, (_, i) => first + i);
    const { levels, labels } = readBatch(dataset, test, indices, file.preparation, { seed: 0, time: 0 });
    const nats = await natsOf(file, levels, labels);
    indices.forEach((index, b) => {
      scored.push({
        index,
        label: dataset.classes > 0 ? labels[b]! : null,
        nats: nats[b]!,
        levels: Buffer.from(levels.subarray(b * size, (b + 1) * size)).toString("base64"),
      });
    });
    progress.update(scored.length / test.length, `${scored.length}/${test.length} pictures`);
  }
  progress.clear();
  return scored;
}

/** -log p of every picture: all values are known, and none is drawn. */
async function natsOf({ model }: ModelFile, levels: LevelArray, labels: Int32Array): Promise<number[]> {
  const count = labels.length;
  const nats = new Array<number>(count).fill(0);
  for await (const { complete, logProbabilities } of sample(model, {
    count,
    batchSize: count,
    known: { levels, mask: new Uint8Array(levels.length).fill(1) },
    logProbabilities: true,
    ...(model.network.classes > 0 && { classLabel: [...labels] }),
  })) {
    if (!complete) continue;
    const size = levels.length / count;
    logProbabilities!.forEach((value, i) => {
      nats[Math.floor(i / size)]! -= value;
    });
  }
  return nats;
}
