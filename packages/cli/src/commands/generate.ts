import { type Network, type Reader, sample } from "@pixelcnn/core";
import { writeAtomic } from "@pixelcnn/runs";
import { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { readModel } from "../model-files/read-model.ts";
import { type OutputFlags, outputFor } from "../output/print.ts";
import { progressBar } from "../output/progress.ts";
import { userPath } from "../paths.ts";
import { asciiPictures, hasColour } from "../pictures/ascii.ts";
import { encodePng } from "../pictures/png.ts";
import { classColumns, drawSheet, squareColumns, visibleScale } from "../pictures/sheet.ts";
import { addFlags } from "../settings/flags.ts";
import { type GenerateSettings, generateDefaults, generateSettings } from "../settings/generate-settings.ts";
import { resolveSettings } from "../settings/resolve.ts";

export function generateCommand(): Command {
  const command = new Command("generate")
    .description("Draw pictures from a model into a PNG sheet, or as text.")
    .option("--config <file>", "JSON file with any of these settings; flags go before it")
    .option("--quiet", "print nothing")
    .option("--json", "print what was drawn as a line of JSON");
  return addFlags(command, generateSettings, generateDefaults).action(run);
}

async function run(flags: OutputFlags & Record<string, unknown>): Promise<void> {
  const settings = await resolveSettings(generateSettings, { defaults: generateDefaults, flags });
  const { model } = await readModel(settings.modelFile);
  const { picture } = model.network;
  const plan = planOf(settings, model.network);
  const reader = await readerFor(settings);
  const size = picture.height * picture.width * picture.channels;
  const pixels = new Uint8Array(plan.count * size);
  const toStdout = settings.out === "-";
  const progress = progressBar("drawing", flags.quiet === true);
  const started = performance.now();
  const frames = sample(model, {
    count: plan.count,
    seed: settings.seed,
    temperature: settings.temperature,
    batchSize: settings.batchSize,
    ...(plan.labels && { classLabel: plan.labels }),
    ...(reader && { reader }),
  });
  for await (const frame of frames) {
    pixels.set(frame.pixels, frame.firstIndex * size);
    const done = frame.firstIndex + (frame.count * frame.position) / (picture.height * picture.width);
    progress.update(done / plan.count, `${Math.floor(done)}/${plan.count} pictures`);
  }
  progress.clear();
  const elapsedMs = performance.now() - started;

  const columns = settings.columns ?? plan.columns;
  if (settings.ascii && !toStdout) {
    for (const text of asciiPictures(pixels, picture, hasColour())) process.stdout.write(`${text}\n\n`);
  }
  const out = settings.out ?? (settings.ascii ? null : "samples.png");
  const scale = settings.scale ?? visibleScale(picture);
  const png = out === null ? null : encodePng(drawSheet(pixels, picture, { columns, scale }));
  if (png !== null && toStdout) process.stdout.write(png);
  else if (png !== null) await writeAtomic(userPath(out!), png);
  if (toStdout) return;
  const path = out === null ? null : userPath(out);
  const output = outputFor(flags);
  output.json({ count: plan.count, seed: settings.seed, sampler: settings.sampler, elapsedMs, out: path });
  const perPicture = (elapsedMs / plan.count).toFixed(1);
  if (path !== null) output.line(`${plan.count} pictures, ${perPicture} ms each: ${path}`);
}

interface Plan {
  readonly count: number;
  readonly labels: readonly number[] | null;
  readonly columns: number;
}

/** How many pictures of which class, and how they lie on the sheet. */
function planOf({ count, class: wanted }: GenerateSettings, { classes }: Network): Plan {
  if (wanted !== undefined && classes === 0) {
    throw new CliError(`expected no --class: the model has no classes, got ${wanted}; leave it out`);
  }
  if (classes === 0) return { count, labels: null, columns: squareColumns(count) };
  if (wanted === "all") {
    const columns = Math.max(1, Math.ceil(count / classes));
    const labels = Array.from({ length: columns * classes }, (_, i) => Math.floor(i / columns));
    return { count: labels.length, labels, columns };
  }
  if (wanted === undefined) {
    const labels = Array.from({ length: count }, (_, i) => i % classes);
    return { count, labels, columns: classColumns(count, classes) };
  }
  const label = Number(wanted);
  if (!Number.isInteger(label) || label < 0 || label >= classes) {
    throw new CliError(`--class: expected a label from 0 to ${classes - 1}, or all, got ${wanted}`);
  }
  return { count, labels: new Array<number>(count).fill(label), columns: squareColumns(count) };
}

/** Null for the default of `sample`, which needs no tensors. */
async function readerFor({ sampler, backend }: GenerateSettings): Promise<Reader | null> {
  if (sampler !== "naive") return null;
  const { chooseBackend } = await import("../backend/choose-backend.ts");
  await chooseBackend(backend);
  const { naiveReader } = await import("@pixelcnn/core/tensors");
  return naiveReader;
}
