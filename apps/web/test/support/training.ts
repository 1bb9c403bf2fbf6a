/** A run directory as the trainer writes it, record by record. */
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawSheet, encodePng } from "@pixelcnn/pictures";
import { RunWriter } from "@pixelcnn/runs";
import { onTestFinished } from "vitest";
import { modelFile } from "./core-pictures.ts";

const glyphs = await readFile(modelFile("glyphs"));

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pixelcnn-web-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export class Training {
  readonly writer: RunWriter;

  private constructor(writer: RunWriter) {
    this.writer = writer;
  }

  /** A run that has just begun. */
  static async begin(root: string, name: string): Promise<Training> {
    const writer = await RunWriter.create(join(root, name), { dataset: "glyphs", model: "gated" });
    onTestFinished(() => writer.close());
    await writer.append({
      type: "started",
      time: "2026-01-01T00:00:00.000Z",
      weights: 139684,
      backend: "wasm",
    });
    await writer.saveModel(glyphs);
    return new Training(writer);
  }

  /** Ten steps, an evaluation and a sheet whose brightness tells the epoch. */
  async epoch(epoch: number): Promise<void> {
    const { writer } = this;
    for (let i = 1; i <= 10; i++) {
      const step = (epoch - 1) * 10 + i;
      await writer.append({
        type: "step",
        step,
        epoch,
        progress: 0.1,
        nats: 100 / step,
        learningRate: 0.004,
        gradientNorm: 1,
        imagesPerSecond: 50,
      });
    }
    const step = epoch * 10;
    const likelihood = { images: 100, nats: 90 - epoch, bitsPerDim: 0.5 };
    await writer.append({
      type: "evaluation",
      step,
      epoch,
      trainNats: 91 - epoch,
      validation: likelihood,
      test: likelihood,
      imagesPerSecond: 50,
      final: false,
    });
    const picture = { height: 8, width: 8, channels: 1, levels: 4 };
    const sheet = drawSheet(new Uint8Array(4 * 64).fill(epoch % 4), picture, { columns: 2, scale: 4 });
    const file = await writer.saveSamples(step, encodePng(sheet));
    await writer.append({ type: "samples", step, epoch, file, count: 4 });
  }

  async finish(epoch: number): Promise<void> {
    await this.writer.append({ type: "done", step: epoch * 10, epoch, interrupted: false, elapsedMs: 1000 });
  }
}
