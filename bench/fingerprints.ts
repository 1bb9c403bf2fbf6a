/**
 * What must stay the same, bit for bit, when only the house changes: SHA-256 of the weights of every preset after some steps on the
 * wasm backend, and of the pictures that every shipped model draws on every sampler. Kept in docs/fingerprints.json.
 *
 * The same on every machine with the same Node and the same lock file, for one thread and the software GPU of the lock file; a change
 * of arithmetic is a change of this file, and its commit says why.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startBackend, trainingEngine } from "@pixelcnn/backends";
import {
  buildPreset,
  decodeModelFile,
  dimensions,
  type Model,
  type PresetName,
  presets,
  type Sampler,
  sample,
} from "@pixelcnn/core";
import { bestVariant, scalarSampler, simdSampler } from "@pixelcnn/core/incremental";
import { type GpuDevice, shaderSampler } from "@pixelcnn/core/shader";
import { fixedPointSampler, naiveSampler } from "@pixelcnn/core/tensors";
import { initialise } from "@pixelcnn/core/training";
import { softwareDriver } from "@pixelcnn/software-gpu";
import { engine } from "@tensorflow/tfjs-core";
import { Command } from "commander";
import { randomModel } from "./random-model.ts";

/** By what was computed; values are the first 16 hexadecimal digits. */
type Fingerprints = Record<string, string>;

const kept = new URL("../docs/fingerprints.json", import.meta.url);
const STEPS = 200;

export function command(): Command {
  return new Command("fingerprints")
    .description("hashes of trained weights and drawn pictures, against those in docs/fingerprints.json")
    .option("--write", "write them there instead")
    .option("--only <text>", "those alone whose names hold the text; the others stay as they are")
    .action(run);
}

async function run({
  write = false,
  only = "",
}: {
  readonly write?: boolean;
  readonly only?: string;
}): Promise<void> {
  if (process.env.VK_DRIVER_FILES === undefined) {
    // The driver must stand in the environment before the process starts.
    const env = { ...process.env, ...(await softwareDriver()) };
    const { status } = spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
      env,
      stdio: "inherit",
    });
    process.exitCode = status ?? 1;
    return;
  }
  const found: Fingerprints = {};
  const stored = JSON.parse(await readFile(kept, "utf8")) as Fingerprints;
  const before = write ? null : stored;
  let changed = 0;
  for await (const [what, hash] of fingerprints(only)) {
    found[what] = hash;
    const same = before === null || before[what] === hash;
    if (!same) changed += 1;
    process.stdout.write(`${hash}  ${what}${same ? "" : `  (was ${before[what] ?? "not there"})`}\n`);
  }
  const missing = Object.keys(before ?? {}).filter((what) => what.includes(only) && !(what in found));
  for (const what of missing) process.stdout.write(`${what}: is not computed any more\n`);
  const all = only === "" ? found : { ...stored, ...found };
  if (write) await writeFile(kept, `${JSON.stringify(all, null, 2)}\n`);
  else process.stdout.write(`${changed + missing.length} of ${Object.keys(found).length} differ\n`);
  process.exit(changed + missing.length > 0 ? 1 : 0); // the GPU's device would keep the process
}

/** @param only what every name holds. */
async function* fingerprints(only: string): AsyncGenerator<readonly [string, string]> {
  await startBackend("webgpu");
  const { device } = engine().backend as unknown as { readonly device: GpuDevice };
  await startBackend("wasm");
  for (const [name, model] of [...(await shippedModels()), ...mixtures()]) {
    if (!name.includes(only)) continue;
    const whole = await picturesOf(model, scalarSampler, null);
    yield [`pictures of ${name}, scalar`, hash(whole)];
    const samplers: readonly Sampler[] = [
      simdSampler("simd"),
      ...(bestVariant() === "simd" ? [] : [simdSampler("relaxedSimd")]),
      shaderSampler(device),
    ];
    for (const sampler of samplers) {
      yield [`pictures of ${name}, ${sampler.name}`, hash(await picturesOf(model, sampler, null))];
    }
    for (const sampler of [naiveSampler, fixedPointSampler]) {
      yield [`last row of ${name}, ${sampler.name}`, hash(await picturesOf(model, sampler, whole))];
    }
  }
  for (const [name, network] of trainedNetworks()) {
    if (name.includes(only)) yield [name, hash(await trainedWeights(network))];
  }
}

async function shippedModels(): Promise<[name: string, Model][]> {
  const folder = fileURLToPath(new URL("../models/", import.meta.url));
  const names = (await readdir(folder)).filter((file) => file.endsWith(".safetensors")).sort();
  return await Promise.all(
    names.map(async (name): Promise<[string, Model]> => {
      return [name.replace(".safetensors", ""), decodeModelFile(await readFile(folder + name)).model];
    }),
  );
}

/** Small pictures of random networks that end in a mixture: no shipped model has one. */
function mixtures(): [name: string, Model][] {
  const shapes = {
    grey: { height: 8, width: 7, channels: 1, levels: 256 },
    colour: { height: 6, width: 6, channels: 3, levels: 256 },
  };
  return Object.entries(shapes).map(([shape, picture]) => {
    const likelihood = { kind: "mixture", components: 5 } as const;
    const network = buildPreset("gated", { picture, channels: 12, layers: 2, classes: 2, likelihood });
    return [`a mixture, ${shape}`, randomModel(network)];
  });
}

/** Two pictures; with `above` all but the last eight values are given. */
async function picturesOf(model: Model, sampler: Sampler, above: Uint8Array | null): Promise<Uint8Array> {
  const count = 2;
  const size = dimensions(model.network.picture);
  const pixels = new Uint8Array(count * size);
  const mask = Uint8Array.from({ length: count * size }, (_, i) => (i % size < size - 8 ? 1 : 0));
  const drawing = sample(model, {
    count,
    seed: 5,
    sampler,
    ...(model.network.classes > 0 && { classLabel: [0, 1] }),
    ...(above !== null && { known: { levels: above, mask } }),
  });
  for await (const frame of drawing) if (frame.complete) pixels.set(frame.pixels, frame.firstIndex * size);
  return pixels;
}

/** Small pictures and small nets of every preset, with all that it can be asked for. */
function* trainedNetworks(): Generator<readonly [string, Model["network"]]> {
  const grey = { height: 8, width: 7, channels: 1, levels: 2 };
  const colour = { height: 6, width: 6, channels: 3, levels: 16 };
  for (const preset of Object.keys(presets) as PresetName[]) {
    for (const [shape, picture] of Object.entries({ grey, colour })) {
      const network = buildPreset(preset, { picture, channels: 12, layers: 3, classes: 3, dropout: 0.1 });
      yield [`weights of ${preset} after ${STEPS} steps, ${shape}`, network];
    }
  }
  const hinges = buildPreset("gated", { picture: { ...grey, levels: 256 }, channels: 9, hinges: true });
  yield [`weights of gated with hinges after ${STEPS} steps`, hinges];
  const likelihood = { kind: "mixture", components: 3 } as const;
  const mixture = buildPreset("gated", { picture: { ...colour, levels: 256 }, channels: 12, likelihood });
  yield [`weights of gated with a mixture after ${STEPS} steps`, mixture];
}

async function trainedWeights(network: Model["network"]): Promise<Uint8Array> {
  const batchSize = 5;
  const size = dimensions(network.picture);
  const { levels, channels } = network.picture;
  const trainer = await trainingEngine(
    network,
    "wasm",
    1,
  )(initialise(network, 3), {
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-8,
    clipNorm: 1,
    averageDecay: 0.99,
  });
  try {
    for (let step = 1; step <= STEPS; step++) {
      const indices = Array.from({ length: batchSize }, (_, i) => step * batchSize + i);
      const values = Uint8Array.from({ length: batchSize * size }, (_, i) => {
        return (Math.floor(i / (channels * 3)) * 7 + step + (i % channels)) % levels;
      });
      const labels = Int32Array.from(indices, (index) => index % Math.max(1, network.classes));
      await trainer.train({ levels: values, labels }, 3e-3, { seed: 3, indices, step });
    }
    const vectors = await trainer.vectors();
    return new Uint8Array(
      Object.values(vectors).reduce<number[]>((bytes, vector) => {
        for (const byte of new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength))
          bytes.push(byte);
        return bytes;
      }, []),
    );
  } finally {
    await trainer.dispose();
  }
}

function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}
