import type { RunRecord } from "@pixelcnn/runs";

export const started = {
  type: "started",
  time: "2024-01-01T00:00:00.000Z",
  weights: 660,
  backend: "wasm",
} as const satisfies RunRecord;

export function step(number: number): RunRecord {
  return {
    type: "step",
    step: number,
    epoch: 1,
    progress: number / 10,
    nats: 80.5,
    learningRate: 0.004,
    gradientNorm: 0.25,
    imagesPerSecond: 100,
  };
}

export function evaluation(number: number): RunRecord {
  const likelihood = { images: 10, nats: 70, bitsPerDim: 1.5 };
  return {
    type: "evaluation",
    step: number,
    epoch: 1,
    trainNats: 71,
    validation: likelihood,
    test: likelihood,
    imagesPerSecond: 100,
    final: false,
  };
}

export function samples(number: number): RunRecord {
  return { type: "samples", step: number, epoch: 1, file: "samples/step-00000001.png", count: 4 };
}

export function checkpoint(number: number): RunRecord {
  return { type: "checkpoint", step: number, epoch: 1, file: "checkpoints/step-00000001.safetensors" };
}

export function resumed(number: number): RunRecord {
  return { type: "resumed", step: number };
}

export function done(number: number): RunRecord {
  return { type: "done", step: number, epoch: 1, interrupted: false, elapsedMs: 1000 };
}

/** Records as the lines of a metrics file. */
export function lines(...records: readonly RunRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}
