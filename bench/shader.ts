/**
 * Speed of drawing on a GPU: the shader sampler next to the naive and the fixed-point sampler of TensorFlow.js on the same device,
 * all in one run. Without a hardware GPU it measures the software one that tests use; what takes too long there is measured on a
 * part and scaled, or left out.
 */
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { BackendError, startBackend } from "@pixelcnn/backends";
import { decodeModelFile, dimensions, type Model, multiplyAdds, type Sampler, sample } from "@pixelcnn/core";
import { type GpuDevice, shaderSampler } from "@pixelcnn/core/shader";
import { disposeParameters, fixedPointSampler, forward, uploadParameters } from "@pixelcnn/core/tensors";
import { hasSoftwareDriver, softwareDriver } from "@pixelcnn/software-gpu";
import { engine, type Tensor, tensor1d, tensor4d } from "@tensorflow/tfjs-core";
import Table from "cli-table3";
import { Command } from "commander";
import { pytorchSecondsPerPicture } from "./pytorch-sampling.ts";
import { type DevicePeak, measurePeak } from "./shader-peak.ts";
import { trafficBytes } from "./shader-traffic.ts";

interface Row {
  readonly sampler: "shader" | "naive" | "fixed-point" | "PyTorch, naive";
  readonly batch: number;
  readonly picturesPerSecond: number;
  /** Measured on a part of the drawing and scaled. */
  readonly isScaled: boolean;
  /** How many times as fast as the naive sampler with the same batch; null where that was left out. */
  readonly ratioToNaive: number | null;
  /** Useful floating-point operations a second over the device's measured peak; null where that was not measured. */
  readonly peakFraction: number | null;
  /** Bytes of weights read per second over the device's measured bandwidth. */
  readonly bandwidthFraction: number | null;
}

interface Options {
  readonly json?: boolean;
  readonly modelFile: string;
  readonly batches: string;
  readonly pytorch?: true | string;
}

/** A drawing that takes longer is broken off and scaled; a single pass that takes longer is left out. */
const PATIENCE_MS = 30_000;

export function command(): Command {
  return new Command("shader")
    .description("pictures per second of the shader, next to TensorFlow.js's samplers on the same GPU")
    .option("--json", "print adapter, peak and rows as JSON")
    .option(
      "--model-file <path>",
      "model to draw from",
      fileURLToPath(new URL("../models/mnist-binary.safetensors", import.meta.url)),
    )
    .option("--batches <list>", "pictures drawn together", "1,16,64,256")
    .option("--pytorch [python]", "put PyTorch's naive loop on the same GPU beside it")
    .action(run);
}

async function run(options: Options): Promise<void> {
  const isSoftware = process.env.PIXELCNN_SOFTWARE_GPU === "1";
  let adapter: string;
  try {
    adapter = (await startBackend("webgpu")).name;
  } catch (error) {
    if (!(error instanceof BackendError) || isSoftware || !hasSoftwareDriver) throw error;
    await runOnSoftware();
    return;
  }
  // The shader shares the device that TensorFlow.js computes on.
  const { device } = engine().backend as unknown as { readonly device: GpuDevice };
  const { model } = decodeModelFile(await readFile(options.modelFile));
  const peak = isSoftware ? null : await measurePeak(device);
  const rows: Row[] = [];
  let slowest = 0; // naive, a picture
  for (const batch of options.batches.split(",").map(Number)) {
    const passMs = (1000 * slowest * batch) / dimensions(model.network.picture);
    const naive = passMs > PATIENCE_MS ? null : await naiveSecondsPerPicture(model, batch);
    slowest = Math.max(slowest, naive ?? 0);
    const add = (sampler: Row["sampler"], { seconds, isScaled }: Timing) =>
      rows.push({
        sampler,
        batch,
        picturesPerSecond: 1 / seconds,
        isScaled,
        ratioToNaive: naive && naive / seconds,
        ...sharesOf(sampler, model, seconds, peak),
      });
    add("shader", await secondsPerPicture(device, model, shaderSampler(device), batch));
    if (naive === null) {
      process.stderr.write(
        `batch ${batch}: a pass of TensorFlow.js takes too long, its samplers are left out\n`,
      );
      continue;
    }
    add("naive", { seconds: naive, isScaled: true });
    add("fixed-point", await secondsPerPicture(device, model, fixedPointSampler, batch));
    if (options.pytorch === undefined) continue;
    const python = options.pytorch === true ? "python3" : options.pytorch;
    const pytorch = await pytorchSecondsPerPicture(python, options.modelFile, batch);
    if (typeof pytorch === "number") add("PyTorch, naive", { seconds: pytorch, isScaled: true });
    else process.stderr.write(`PyTorch is left out: ${pytorch}\n`);
  }
  print(rows, options, adapter, peak);
  process.exit(); // TensorFlow.js keeps its device, and the device the process
}

/** The same command in a process whose only GPU is software. */
async function runOnSoftware(): Promise<void> {
  process.stderr.write("no hardware GPU here: the software one is measured\n");
  const { status } = spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    env: { ...process.env, ...(await softwareDriver()) },
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}

interface Timing {
  /** A picture. */
  readonly seconds: number;
  readonly isScaled: boolean;
}

/** Draws a batch once to warm up, at least its first rows, and once with the clock. */
async function secondsPerPicture(
  device: GpuDevice,
  model: Model,
  sampler: Sampler,
  batch: number,
): Promise<Timing> {
  const { height, width } = model.network.picture;
  for await (const _ of sample(model, optionsOf(model, sampler, batch))) break;
  await device.queue.onSubmittedWorkDone(); // rows drawn ahead
  const started = performance.now();
  let reached = 0;
  for await (const { position } of sample(model, optionsOf(model, sampler, batch))) {
    reached = position;
    if (performance.now() - started > PATIENCE_MS && position > 0) break;
  }
  const elapsed = (performance.now() - started) / 1000;
  const fraction = reached / (height * width);
  return { seconds: elapsed / fraction / batch, isScaled: fraction < 1 };
}

function optionsOf({ network }: Model, sampler: Sampler, count: number) {
  return { count, batchSize: count, sampler, ...(network.classes > 0 && { classLabel: 0 }) };
}

/** What the naive sampler needs for every value, a pass over the whole picture, scaled; null where a pass takes too long. */
async function naiveSecondsPerPicture({ network, weights }: Model, batch: number): Promise<number | null> {
  const { height, width, channels } = network.picture;
  const parameters = uploadParameters({ network, weights });
  const labels = network.classes > 0 ? tensor1d(new Int32Array(batch), "int32") : undefined;
  const pixels = tensor4d(new Float32Array(batch * dimensions(network.picture)), [
    batch,
    height,
    width,
    channels,
  ]);
  /** Seconds of some passes, read back once after the last. */
  const time = async (passes: number): Promise<number> => {
    const started = performance.now();
    let last: Tensor | null = null;
    for (let pass = 0; pass < passes; pass++) {
      last?.dispose();
      last = forward(network, parameters, pixels, { labels });
    }
    await last!.data();
    last!.dispose();
    return (performance.now() - started) / 1000;
  };
  try {
    // The first pass also compiles, and a larger batch takes longer than a smaller one.
    if ((await time(1)) * 1000 > PATIENCE_MS) return null;
    let passes = 1;
    let seconds = await time(passes);
    while (seconds < 1 && passes < 256) {
      passes *= 2;
      seconds = await time(passes);
    }
    return ((seconds / passes) * dimensions(network.picture)) / batch;
  } finally {
    pixels.dispose();
    labels?.dispose();
    disposeParameters(parameters);
  }
}

function sharesOf(sampler: Row["sampler"], { network }: Model, seconds: number, peak: DevicePeak | null) {
  if (peak === null || sampler !== "shader") return { peakFraction: null, bandwidthFraction: null };
  return {
    peakFraction: (2 * multiplyAdds(network)) / seconds / peak.flops,
    bandwidthFraction: trafficBytes(network) / seconds / peak.bytesPerSecond,
  };
}

function print(rows: readonly Row[], { json }: Options, adapter: string, peak: DevicePeak | null): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ adapter, peak, rows })}\n`);
    return;
  }
  const table = new Table({
    head: ["sampler", "batch", "pictures/s", "over naive", "of FMA peak", "of bandwidth"],
    style: { head: [], border: [] },
  });
  const percent = (share: number | null) => (share === null ? "" : `${(100 * share).toFixed(1)}%`);
  for (const row of rows) {
    table.push([
      row.sampler,
      row.batch,
      `${row.picturesPerSecond.toPrecision(3)}${row.isScaled ? " *" : ""}`,
      row.ratioToNaive === null ? "" : `${row.ratioToNaive.toPrecision(3)}×`,
      percent(row.peakFraction),
      percent(row.bandwidthFraction),
    ]);
  }
  process.stdout.write(`${adapter}
${table.toString()}
* measured on a part and scaled: the naive sampler by its passes, the others by the positions they reached in
  ${PATIENCE_MS / 1000} s, of which fixed-point's do not all take the same time.
`);
}
