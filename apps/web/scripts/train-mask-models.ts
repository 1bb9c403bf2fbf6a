/**
 * Trains the two small models of the article's figure on mask A: the classical stack of masked 7×7 layers, once with mask A in
 * every layer, once with mask A in the first and mask B in the others. All else is the same: pictures, order, steps. No preset
 * has mask A everywhere, so the start is written here, and the command line trains it.
 *
 *     PIXELCNN_DATA=… pnpm --filter web train:mask-models
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeModelFile, encodeModelFile } from "@pixelcnn/core";
import { initialise } from "@pixelcnn/core/training";
import { maskStack } from "../src/views/explain/networks/mask-stack.ts";

const STEPS = 2500;

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const target = fileURLToPath(new URL("../src/views/explain/mask-models", import.meta.url));

const folder = await mkdtemp(join(tmpdir(), "pixelcnn-mask-models-"));
try {
  await train("mask-a-everywhere", "A");
  await train("mask-a-then-b", "B");
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function train(name: string, laterLayers: "A" | "B"): Promise<void> {
  const start = join(folder, `${name}-start.safetensors`);
  const run = join(folder, name);
  await writeFile(start, untrained(laterLayers));
  const settings = {
    "init-from": start,
    run,
    dataset: "binarized-mnist",
    steps: STEPS,
    workers: 1,
    samples: 0,
  };
  const flags = Object.entries(settings).flatMap(([flag, value]) => [`--${flag}`, String(value)]);
  const { status } = spawnSync("pnpm", ["--filter", "cli", "train", ...flags], {
    shell: process.platform === "win32",
    cwd: repository,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
  const trained = decodeModelFile(await readFile(join(run, "model.safetensors")));
  // The command that anyone can repeat, not the one with this run's temporary folder.
  const provenance = {
    ...trained.provenance,
    command: "pnpm --filter web train:mask-models",
  };
  await writeFile(join(target, `${name}.safetensors`), encodeModelFile({ ...trained, provenance }));
}

function untrained(laterLayers: "A" | "B"): Uint8Array {
  const provenance = { dataset: "none", command: "none", date: "none", steps: 0 };
  return encodeModelFile({
    model: initialise(maskStack(laterLayers), 0),
    preparation: { levels: 2, binarise: "fixed" },
    provenance: { ...provenance, trainNats: null, validation: null, test: null },
  });
}
