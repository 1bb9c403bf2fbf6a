import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { layout, type RunRecord } from "@pixelcnn/runs";
import { encodeCheckpoint } from "../../src/training/checkpoint-file.ts";
import { noHistory } from "../../src/training/history.ts";

export interface WrittenRun {
  readonly settings?: Record<string, unknown>;
  /** Nats of the steps, one after another; a test picture takes a nat less than the last, and half a bit a dimension. */
  readonly nats?: readonly number[];
  /** Did it end? */
  readonly done?: boolean;
  /** Where it was stopped instead, in the epoch after, which no record of a step tells. */
  readonly stoppedAt?: number;
}

/** The last records of a training that Ctrl-C ended. */
function stopped(step: number, epoch: number): RunRecord[] {
  return [
    { type: "checkpoint", step, epoch, file: `checkpoints/step-${step}.safetensors` },
    { type: "done", step, epoch, interrupted: true, elapsedMs: 140_000 },
  ];
}

/** Writes a run of an epoch, as a training of glyphs would have left it. @returns its directory. */
export function writeRun(
  folder: string,
  name: string,
  { settings = {}, nats = [90.5, 80.25], done = true, stoppedAt }: WrittenRun = {},
): string {
  const run = join(folder, name);
  mkdirSync(run, { recursive: true });
  const step = nats.length;
  const test = { images: 10, nats: nats.at(-1)! - 1, bitsPerDim: 0.5 };
  const validation = { images: 10, nats: test.nats + 0.5, bitsPerDim: 0.53 };
  const records: RunRecord[] = [
    { type: "started", time: "2024-01-01T00:00:00.000Z", weights: 660, backend: "wasm" },
    ...nats.map(
      (value, i): RunRecord => ({
        ...{ type: "step", step: i + 1, epoch: 1, progress: (i + 1) / step, nats: value },
        ...{ learningRate: 0.004, gradientNorm: 0.25, imagesPerSecond: 100 },
      }),
    ),
    {
      ...{ type: "evaluation", step, epoch: 1, trainNats: 85.5, validation, test },
      ...{ imagesPerSecond: 100, final: true },
    },
    ...(stoppedAt === undefined ? [] : stopped(stoppedAt, 2)),
    ...(done && stoppedAt === undefined
      ? [{ type: "done", step, epoch: 1, interrupted: false, elapsedMs: 130_000 } as const]
      : []),
  ];
  writeFileSync(layout.metrics(run), records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  const config = { dataset: "glyphs", model: "gated", epochs: 1, backend: "wasm", ...settings };
  writeFileSync(layout.config(run), JSON.stringify(config));
  return run;
}

/** A whole checkpoint, of a network of no matter which weights. */
export function writeCheckpoint(run: string, step: number): void {
  const none = new Float32Array();
  const moments = { firstMoment: none, secondMoment: none };
  const state = {
    ...{ step, epoch: 1, position: 0, epochNats: 0, elapsedMs: 1, weights: new Float32Array(200) },
    ...{ averagedWeights: none, statistics: none, averagedStatistics: none, ...moments },
  };
  mkdirSync(layout.checkpoints(run), { recursive: true });
  writeFileSync(layout.checkpoint(run, step), encodeCheckpoint({ state, history: noHistory }));
}
