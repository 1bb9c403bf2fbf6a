import { availableParallelism } from "node:os";
import { extname } from "node:path";
import {
  dimensions,
  type Frame,
  incrementalSampler,
  type LevelArray,
  levelArray,
  type Model,
  type PictureShape,
} from "@pixelcnn/core";
import { encodeNpy } from "@pixelcnn/core/data";
import {
  Animation,
  checkAnimation,
  checkSheet,
  type DrawingPlan,
  type Drawn,
  type DrawOptions,
  drawOnThreads,
  drawPictures,
  knownRows,
  planDrawing,
} from "@pixelcnn/drawing";
import { asciiPictures, drawDeepSheet, drawSheet, encodePng, visibleScale } from "@pixelcnn/pictures";
import { writeAtomic } from "@pixelcnn/runs";
import { chooseSampler } from "../choose-sampler.ts";
import { CliError } from "../cli-error.ts";
import { onInterruption } from "../interruption.ts";
import { hasColour } from "../output/has-colour.ts";
import { isStandardOutput, outputFile } from "../output/output-file.ts";
import { type OutputFlags, outputFor } from "../output/print.ts";
import { progressBar } from "../output/progress.ts";
import { userPath } from "../paths.ts";
import { readModel } from "../read-model.ts";
import { type GenerateSettings, generateDefaults, generateSettings } from "../settings/generate-settings.ts";
import { withModelArgument } from "../settings/model-argument.ts";
import { namedSettings, resolveSettings } from "../settings/resolve.ts";

/** Pictures that are worth a thread of their own. */
const PICTURES_A_THREAD = 64;
/** Frames of an animation, about. */
const ANIMATION_FRAMES = 40;

export async function runGenerate(
  modelFile: string | undefined,
  given: OutputFlags & Record<string, unknown>,
): Promise<void> {
  const flags = withModelArgument(modelFile, given);
  const settings = await resolveSettings(generateSettings, { defaults: generateDefaults, flags });
  const named = await namedSettings(generateSettings, { flags });
  const outputs = await outputsOf(settings);
  const { model, preparation } = await readModel(settings.modelFile);
  const { network } = model;
  const plan = planDrawing(settings, network, named.count !== undefined);
  checkSizes(plan, settings, network.picture);
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
  const animation = settings.animate === undefined ? null : new GrowingSheet(model, plan, settings);
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

  const { pixels, count } = finishedPictures(drawn, network.picture);
  if (count === 0)
    throw new CliError("interrupted before the first picture was finished; nothing was written");
  const { sheet: out, animation: animationOut } = outputs;
  const toStandardOutput = out !== null && isStandardOutput(out);
  if (settings.ascii && !toStandardOutput) {
    for (const text of asciiPictures(pixels, network.picture, hasColour()))
      process.stdout.write(`${text}\n\n`);
  }
  if (out !== null) {
    const { height, width, channels } = network.picture;
    const file = isArray(out)
      ? encodeNpy({ shape: [count, height, width, ...(channels === 1 ? [] : [channels])], values: pixels })
      : sheetPng(pixels, plan, settings, network.picture);
    if (toStandardOutput) process.stdout.write(file);
    else await writeAtomic(out, file);
  }
  if (animationOut !== null) await writeAtomic(animationOut, await animation!.encode());

  const output = outputFor(toStandardOutput ? { quiet: true } : flags);
  const { name } = sampler ?? incrementalSampler;
  output.json({ count, seed: settings.seed, sampler: name, elapsedMs, out, animation: animationOut });
  const missing = count < plan.count ? `, interrupted before the other ${plan.count - count}` : "";
  if (out !== null)
    output.line(`${count} pictures${missing}, ${(elapsedMs / count).toFixed(1)} ms each: ${out}`);
  if (animationOut !== null) output.line(`animation: ${animationOut}`);
}

interface Outputs {
  /** Path of the sheet or of the array, or a name of standard output; null when none is wanted. */
  readonly sheet: string | null;
  readonly animation: string | null;
}

/** Where the pictures go, all of it judged before the first is drawn. @throws {CliError} for what cannot be written. */
async function outputsOf({ out, ascii, animate }: GenerateSettings): Promise<Outputs> {
  const wanted = out ?? (ascii || animate !== undefined ? null : "samples.png");
  return {
    sheet:
      wanted === null || isStandardOutput(wanted)
        ? wanted
        : await outputFile("--out", wanted, ".png", ".npy"),
    animation: animate === undefined ? null : await outputFile("--animate", animate, ".gif"),
  };
}

/** Is it the levels themselves that are wanted, not a picture of them? */
function isArray(out: string): boolean {
  return extname(out).toLowerCase() === ".npy";
}

function sheetPng(
  pixels: LevelArray,
  plan: DrawingPlan,
  settings: GenerateSettings,
  picture: PictureShape,
): Uint8Array {
  const options = sheetOptions(plan, settings, picture);
  return encodePng(
    picture.levels > 256 ? drawDeepSheet(pixels, picture, options) : drawSheet(pixels, picture, options),
  );
}

function sheetOptions({ columns }: DrawingPlan, { scale }: GenerateSettings, picture: PictureShape) {
  return { columns, scale: scale ?? visibleScale(picture) };
}

function checkSizes(plan: DrawingPlan, settings: GenerateSettings, picture: PictureShape): void {
  const options = sheetOptions(plan, settings, picture);
  if (settings.out === undefined || !isArray(settings.out)) checkSheet(picture, plan.count, options);
  // A frame of nothing and the last one come on top.
  if (settings.animate !== undefined) checkAnimation(picture, plan.count, options, ANIMATION_FRAMES + 2);
}

function finishedPictures({ pixels, finished }: Drawn, picture: PictureShape) {
  const size = dimensions(picture);
  const kept = finished.flatMap((done, i) => (done ? [pixels.subarray(i * size, (i + 1) * size)] : []));
  const all = levelArray(picture.levels, kept.length * size);
  kept.forEach((one, i) => {
    all.set(one, i * size);
  });
  return { pixels: all, count: kept.length };
}

/** The sheet as it grows, every few rows a frame of an animation. */
class GrowingSheet {
  readonly #animation = new Animation();
  readonly #every: number;
  #last = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly model: Model,
    private readonly plan: DrawingPlan,
    private readonly settings: GenerateSettings,
  ) {
    const { height, width } = model.network.picture;
    this.#every = (height * width) / ANIMATION_FRAMES;
  }

  add({ pixels, position, complete }: Frame): void {
    if (position - this.#last < this.#every && !complete) return;
    this.#last = position;
    const { picture } = this.model.network;
    const shown = picture.palette && !complete ? withoutUndrawn(pixels, picture, position) : pixels;
    this.#animation.add(drawSheet(shown, picture, sheetOptions(this.plan, this.settings, picture)));
  }

  encode(): Promise<Uint8Array> {
    return this.#animation.encode();
  }
}

/** What is not drawn yet as the gaps are: level 0 is some colour, and no black. */
function withoutUndrawn(pixels: LevelArray, picture: PictureShape, position: number): LevelArray {
  const { height, width, levels } = picture;
  if (levels === 256) return pixels;
  const shown = pixels.slice();
  for (let end = height * width; end <= shown.length; end += height * width)
    shown.fill(levels, end - height * width + position, end);
  return shown;
}
