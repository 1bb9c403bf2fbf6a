import { availableParallelism } from "node:os";
import { incrementalSampler, type PictureShape } from "@pixelcnn/core";
import {
  checkAnimation,
  checkSheet,
  type DrawingPlan,
  type DrawOptions,
  drawOnThreads,
  drawPictures,
  knownRows,
  planDrawing,
} from "@pixelcnn/drawing";
import { asciiPictures, visibleScale } from "@pixelcnn/pictures";
import { writeAtomic } from "@pixelcnn/runs";
import { chooseSampler } from "../choose-sampler.ts";
import { CliError } from "../cli-error.ts";
import { ANIMATION_FRAMES, GrowingSheet } from "../drawn/growing-sheet.ts";
import { type DrawnPlace, drawnPlace } from "../drawn/place.ts";
import { screenText, standardScreen } from "../drawn/screen-text.ts";
import { finishedOf, sheetPng, writeDrawn } from "../drawn/write-drawn.ts";
import { onInterruption } from "../interruption.ts";
import { hasColour } from "../output/has-colour.ts";
import { isStandardOutput, outputFile } from "../output/output-file.ts";
import { type OutputFlags, outputFor } from "../output/print.ts";
import { progressBar } from "../output/progress.ts";
import { readModel } from "../read-model.ts";
import { type GenerateSettings, generateDefaults, generateSettings } from "../settings/generate-settings.ts";
import { withModelArgument } from "../settings/model-argument.ts";
import { namedSettings, resolveSettings } from "../settings/resolve.ts";
import { userPath } from "../user-path.ts";

/** Pictures that are worth a thread of their own. */
const PICTURES_A_THREAD = 64;

export async function runGenerate(
  modelFile: string | undefined,
  given: OutputFlags & Record<string, unknown>,
): Promise<void> {
  const flags = withModelArgument(modelFile, given);
  const settings = await resolveSettings(generateSettings, { defaults: generateDefaults, flags });
  const named = await namedSettings(generateSettings, { flags });
  const outputs = await outputsOf(settings);
  checkMeant(flags, settings, outputs);
  const { model, preparation } = await readModel(settings.modelFile);
  const { network } = model;
  const plan = planDrawing(settings, network, named.count !== undefined);
  checkSizes(plan, settings, outputs, network.picture);
  if ((settings.complete === undefined) !== (settings.rows === undefined)) {
    throw new CliError(
      "expected --complete and --rows together, got one of them; name the picture and its rows",
    );
  }
  const known =
    settings.complete === undefined
      ? null
      : await knownRows(userPath(settings.complete), settings.rows!, network, preparation, {
          name: settings.complete,
          ...(settings.background !== undefined && { background: settings.background }),
          tell: (line) => process.stderr.write(`${line}\n`),
        });
  const sampler = await chooseSampler(settings);
  const { place, animations } = outputs;
  const sheet = sheetOptions(plan, settings, network.picture);
  const animation = animations.length === 0 ? null : new GrowingSheet(network.picture, sheet);
  const progress = progressBar("drawing", flags.quiet === true);
  const interruption = onInterruption();
  const started = performance.now();
  const options: DrawOptions = {
    count: plan.count,
    seed: settings.seed,
    temperature: settings.temperature,
    batchSize: animation === null ? settings.batchSize : plan.count, // all grow together
    ...(plan.labels && { classLabel: plan.labels }),
    ...(known && { known }),
    ...(sampler && { sampler }),
    signal: interruption.signal,
    onProgress: (done) => progress.update(done / plan.count, `${Math.floor(done)} of ${plan.count} pictures`),
    ...(animation && { onFrame: (frame) => animation.add(frame) }),
  };
  const wanted =
    settings.workers ?? Math.min(availableParallelism(), Math.floor(plan.count / PICTURES_A_THREAD));
  const threads = sampler === null && animation === null ? Math.min(wanted, plan.count) : 1;
  const drawn =
    threads > 1 ? await drawOnThreads(model, options, threads) : await drawPictures(model, options);
  interruption.release();
  progress.clear();
  const elapsedMs = performance.now() - started;

  const pictures = finishedOf(drawn, network.picture, plan.labels);
  const { pixels, count } = pictures;
  if (count === 0)
    throw new CliError("interrupted before the first picture was finished; nothing was written");
  const toStandardOutput = place !== null && isStandardOutput(place.path);
  if (settings.show && !toStandardOutput) {
    for (const line of screenText(pictures, standardScreen())) process.stdout.write(`${line}\n`);
  }
  if (settings.ascii && !toStandardOutput) {
    for (const text of asciiPictures(pixels, network.picture, hasColour()))
      process.stdout.write(`${text}\n\n`);
  }
  if (toStandardOutput) process.stdout.write(sheetPng(pictures, sheet));
  else if (place !== null && place.kind !== "gif") await writeDrawn(place, pictures, sheet);
  const grown = await animation?.encode();
  for (const path of animations) await writeAtomic(path, grown!);

  const output = outputFor(toStandardOutput ? { quiet: true } : flags);
  const { name } = sampler ?? incrementalSampler;
  const out = place?.path ?? null;
  const animationOut = animations.find((path) => path !== out) ?? null;
  output.json({ count, seed: settings.seed, sampler: name, elapsedMs, out, animation: animationOut });
  const missing = count < plan.count ? `, interrupted before the other ${plan.count - count}` : "";
  if (out !== null)
    output.line(`${count} pictures${missing}, ${(elapsedMs / count).toFixed(1)} ms each: ${out}`);
  if (animationOut !== null) output.line(`animation: ${animationOut}`);
}

interface Outputs {
  /** Null when no file of them is wanted. */
  readonly place: DrawnPlace | null;
  /** Paths of the same animation: by --out, by --animate, or by both. */
  readonly animations: readonly string[];
}

/** Where the pictures go, all of it judged before the first is drawn. @throws {CliError} for what cannot be written. */
async function outputsOf({ out, ascii, show, animate }: GenerateSettings): Promise<Outputs> {
  const wanted = out ?? (ascii || show || animate !== undefined ? null : "samples.png");
  const place = wanted === null ? null : await drawnPlace(wanted);
  return {
    place,
    animations: [
      ...(place?.kind === "gif" ? [place.path] : []),
      ...(animate === undefined ? [] : [await outputFile("--animate", animate, ".gif")]),
    ],
  };
}

/** No flag is typed that would make no difference; a config file may have more than one drawing needs. */
function checkMeant(
  flags: Record<string, unknown>,
  { sampler, workers = 1, complete }: GenerateSettings,
  { place, animations }: Outputs,
): void {
  const isTensors = sampler === "naive" || sampler === "fixed-point";
  if (flags.backend !== undefined && !isTensors) {
    throw new CliError(
      `--backend: expected --sampler naive or fixed-point beside it, got ${sampler}; choose one of them, or leave --backend out`,
    );
  }
  if (
    flags.workers !== undefined &&
    workers > 1 &&
    (isTensors || sampler === "shader" || animations.length > 0)
  ) {
    const what = animations.length > 0 ? "for an animation" : `with --sampler ${sampler}`;
    throw new CliError(`--workers: expected 1 ${what}, got ${workers}; leave it out`);
  }
  if (flags.background !== undefined && complete === undefined)
    throw new CliError(
      "--background: expected --complete beside it, got none; name a picture, or leave it out",
    );
  const layout = ["columns", "scale"].find((flag) => flags[flag] !== undefined);
  if (layout !== undefined && place?.kind !== "png" && animations.length === 0)
    throw new CliError(
      `--${layout}: expected a sheet or an animation that it lays out, got neither; name a .png or a .gif, or leave it out`,
    );
}

function sheetOptions({ columns }: DrawingPlan, { scale }: GenerateSettings, picture: PictureShape) {
  return { columns, scale: scale ?? visibleScale(picture) };
}

function checkSizes(
  plan: DrawingPlan,
  settings: GenerateSettings,
  { place, animations }: Outputs,
  picture: PictureShape,
): void {
  const options = sheetOptions(plan, settings, picture);
  if (place?.kind === "png") checkSheet(picture, plan.count, options);
  // A frame of nothing and the last one come on top.
  if (animations.length > 0) checkAnimation(picture, plan.count, options, ANIMATION_FRAMES + 2);
}
