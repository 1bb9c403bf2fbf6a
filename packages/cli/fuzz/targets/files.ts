/** What is read by its path: config files and run directories. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { layout, parseRecords, readRun } from "@pixelcnn/runs";
import { resolveSettings } from "../../src/settings/resolve.ts";
import { trainDefaults, trainSettings } from "../../src/settings/train-settings.ts";
import { mutateJson } from "../mutate-json.ts";
import type { Target } from "../target.ts";

const METRICS = [
  { type: "started", time: "2024-01-01T00:00:00.000Z", weights: 10, backend: "wasm" },
  { type: "samples", step: 10, epoch: 1, file: "samples/step-00000010.png", count: 4 },
  { type: "checkpoint", step: 10, epoch: 1, file: "checkpoints/step-00000010.safetensors" },
  { type: "resumed", step: 10 },
  { type: "done", step: 20, epoch: 2, interrupted: false, elapsedMs: 5 },
];
const CONFIG = {
  ...trainDefaults,
  $schema: "x",
  dataset: "folder:photos",
  size: "32x20",
  dilations: [1, 2, 4],
  run: "a",
};

/** @param folder where the inputs lie while they are read. */
export function fileTargets(folder: string): readonly Target[] {
  const config = join(folder, "config.json");
  const run = join(folder, "run");
  mkdirSync(run, { recursive: true });
  const lines = METRICS.map((line) => `${JSON.stringify(line)}\n`).join("");
  const encode = (text: string) => new TextEncoder().encode(text);
  return [
    {
      name: "config file",
      seeds: [encode(JSON.stringify(CONFIG, null, 2))],
      share: 3_000,
      mutate: (good, random) => encode(mutateJson(new TextDecoder().decode(good), random)),
      read: (bytes) => {
        writeFileSync(config, bytes);
        return resolveSettings(trainSettings, { defaults: trainDefaults, flags: { config } });
      },
    },
    {
      name: "metrics",
      seeds: [encode(lines)],
      share: 3_000,
      read: (bytes) => parseRecords(new TextDecoder().decode(bytes)),
    },
    {
      name: "run directory",
      seeds: [encode(lines), encode(JSON.stringify(CONFIG))],
      share: 1_000,
      read: async (bytes) => {
        writeFileSync(layout.metrics(run), bytes);
        writeFileSync(layout.config(run), bytes);
        for (const record of (await readRun(run)).records) JSON.stringify(record);
      },
    },
  ];
}
