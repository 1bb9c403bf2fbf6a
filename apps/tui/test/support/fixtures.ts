/** Files that the tests of the whole app work on. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { drawSheet, encodePng } from "@pixelcnn/pictures";
import { type RunRecord, RunWriter } from "@pixelcnn/runs";
import { afterAll } from "vitest";
import type { RunStatus } from "../../src/runs/run-status.ts";

export const bundledModels = fileURLToPath(new URL("../../../../models", import.meta.url));

/** A folder of a test file's own, removed after its tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pixelcnn-tui-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  return folder;
}

export const config = { dataset: "glyphs", model: "gated", channels: 4, layers: 1, workers: 1 };

/** A finished run as the list shows it. */
export function runStatus(name: string, rest: Partial<RunStatus> = {}): RunStatus {
  return {
    ...{
      name,
      directory: `/runs/${name}`,
      standing: "finished",
      trouble: "",
      epoch: 2,
      step: 40,
      progress: 1,
    },
    ...{ testNats: 55.5, bitsPerDim: 55.5 / (100 * Math.LN2), imagesPerSecond: 50 },
    ...{
      beganMs: Date.UTC(2024, 0, 31, 12),
      elapsedMs: 60_000,
      backend: "wasm",
      hasModel: true,
      config,
      ...rest,
    },
  };
}

export function stepRecord(
  step: number,
  nats: number,
  rest: { epoch?: number; progress?: number } = {},
): RunRecord {
  const { epoch = 1, progress = step / 1000 } = rest;
  return {
    type: "step",
    step,
    epoch,
    progress,
    nats,
    learningRate: 0.001,
    gradientNorm: 1,
    imagesPerSecond: 50,
  };
}

/** 100 dimensions: bits/dim are nats / (100 ln 2). */
export function evaluationRecord(step: number, epoch: number, nats: number): RunRecord {
  const likelihood = { images: 10, nats, bitsPerDim: nats / (100 * Math.LN2) };
  return {
    ...{ type: "evaluation", step, epoch, trainNats: nats, validation: likelihood, test: likelihood },
    ...{ imagesPerSecond: 50, final: false },
  } as RunRecord;
}

/** A finished run of `epochs` epochs with a sheet of one 8×8 picture an epoch, whose first `epoch` rows are white. */
export async function writeRun(root: string, name: string, epochs: number): Promise<RunWriter> {
  const writer = await RunWriter.create(join(root, name), config);
  await writer.append({ type: "started", time: "2024-01-01T00:00:00.000Z", weights: 1234, backend: "wasm" });
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const last = epoch * 10;
    for (let step = last - 9; step <= last; step++) {
      await writer.append(stepRecord(step, 100 / step + 50, { epoch, progress: step / (epochs * 10) }));
    }
    await writer.append(evaluationRecord(last, epoch, 60 - epoch));
    const pixels = new Uint8Array(64).fill(1, 0, epoch * 8);
    const picture = { width: 8, height: 8, channels: 1, levels: 2 };
    const file = await writer.saveSamples(
      last,
      encodePng(drawSheet(pixels, picture, { columns: 1, scale: 4 })),
    );
    await writer.append({ type: "samples", step: last, epoch, file, count: 1 });
  }
  return writer;
}

/** Everything that can be wrong with a folder of runs. */
export async function writeDamagedRuns(root: string): Promise<void> {
  const folder = (name: string) => {
    mkdirSync(join(root, name), { recursive: true });
    return (file: string, text: string) => writeFileSync(join(root, name, file), text);
  };
  folder("an-empty-folder");
  const noConfig = folder("config-cut-off");
  noConfig("config.json", '{"dataset": "gl');
  noConfig("metrics.jsonl", `${JSON.stringify(stepRecord(1, 90))}\n`);
  const noise = folder("metrics-of-noise");
  noise("config.json", "{}");
  noise("metrics.jsonl", "\u0000\u0001 not json\n{]\n");
  const half = folder("metrics-half-written");
  half("config.json", JSON.stringify(config));
  half("metrics.jsonl", `${JSON.stringify(stepRecord(1, 90))}\n{"type":"st`);
  folder("metrics-is-a-folder");
  mkdirSync(join(root, "metrics-is-a-folder", "metrics.jsonl"));
  const sheet = await writeRun(root, "sheet-of-noise", 1);
  writeFileSync(join(root, "sheet-of-noise", "samples", "step-00000010.png"), "no picture");
  await sheet.close();
}
