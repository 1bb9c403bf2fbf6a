import { limitSplit } from "@pixelcnn/core/data";
import { Command } from "commander";
import { loadDataset } from "../datasets/load-dataset.ts";
import { readModel } from "../model-files/read-model.ts";
import { type OutputFlags, outputFor } from "../output/print.ts";
import { progressBar } from "../output/progress.ts";
import { evaluateDefaults, evaluateSettings } from "../settings/evaluate-settings.ts";
import { addFlags } from "../settings/flags.ts";
import { resolveSettings } from "../settings/resolve.ts";

export function evaluateCommand(): Command {
  const command = new Command("evaluate")
    .description("Measure a model's likelihood on a data set.")
    .option("--config <file>", "JSON file with any of these settings; flags go before it")
    .option("--quiet", "show no progress")
    .option("--json", "print the result as a line of JSON: images, nats, bitsPerDim");
  return addFlags(command, evaluateSettings, evaluateDefaults).action(run);
}

async function run(flags: OutputFlags & Record<string, unknown>): Promise<void> {
  const settings = await resolveSettings(evaluateSettings, { defaults: evaluateDefaults, flags });
  const { model, preparation, provenance } = await readModel(settings.modelFile);
  const { height, width, channels } = model.network.picture;
  const name = settings.dataset ?? provenance.dataset;
  const dataset = await loadDataset(name, {
    ...(settings.dataDir !== undefined && { dataDir: settings.dataDir }),
    ...((name.endsWith("glyphs") || name.startsWith("folder:")) && { size: { height, width } }),
    ...(name.startsWith("folder:") && { grey: channels === 1 }),
    quiet: flags.quiet === true || flags.json === true,
  });
  const split =
    settings.limit === undefined
      ? dataset[settings.split]
      : limitSplit(dataset[settings.split], settings.limit);
  const { chooseBackend } = await import("../backend/choose-backend.ts");
  await chooseBackend(settings.backend);
  const { evaluate } = await import("@pixelcnn/core/training");
  const progress = progressBar("evaluating", flags.quiet === true || flags.json === true);
  const { seed, batchSize } = settings;
  const result = await evaluate(model, dataset, split, {
    preparation,
    seed,
    batchSize,
    onProgress: (done, total) => progress.update(done / total, `${done}/${total} pictures`),
  });
  progress.clear();
  const output = outputFor({ ...flags, quiet: false });
  output.json(result);
  const { images, nats, bitsPerDim } = result;
  const kind =
    preparation.binarise === null ? `${preparation.levels} levels` : `${preparation.binarise} binarisation`;
  output.line(
    `${name} ${settings.split}, ${kind}: ${nats.toFixed(2)} nats, ${bitsPerDim.toFixed(4)} bits/dim (${images} pictures)`,
  );
}
