/** What every contender trains: the reference network from one model file, on one batch, by the same rule. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeModelFile, multiplyAdds } from "@pixelcnn/core";
import { initialise } from "@pixelcnn/core/training";
import { referenceNetwork } from "../reference-network.ts";

/** Pictures of a step, where nobody says otherwise. */
export const BATCH = 16;

/** Adam, clipping and the average; written once more at the top of rounds.py. */
export const rule = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1, averageDecay: 0.99 } as const;
export const LEARNING_RATE = 1e-3;

/** Rows of the square matrices whose product is the measure of a library's speed. */
export const PRODUCT_SIZE = 2048;

/** 10⁹ useful floating-point operations of a picture: 2 per multiply-add, three passes a step. */
export function gflopPerPicture(): number {
  return (3 * 2 * multiplyAdds(referenceNetwork())) / 1e9;
}

/** Files that every contender reads. */
export interface TaskFiles {
  readonly model: string;
  /** [B, H, W, C], a byte a level. */
  readonly levels: string;
}

/** Calls with the files, whose batch has so many pictures, and takes them away after it. */
export async function withTaskFiles<T>(run: (files: TaskFiles) => Promise<T>, batch = BATCH): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "pixelcnn-bench-"));
  try {
    const network = referenceNetwork();
    const { height, width, channels, levels: count } = network.picture;
    const provenance = {
      dataset: "none",
      command: "bench training",
      date: new Date().toISOString(),
      steps: 0,
    };
    const bytes = encodeModelFile({
      model: initialise(network, 0),
      preparation: { levels: count, binarise: "threshold" },
      provenance: { ...provenance, trainNats: null, validation: null, test: null },
    });
    const files = { model: join(folder, "reference.safetensors"), levels: join(folder, "levels.bin") };
    await writeFile(files.model, bytes);
    const size = batch * height * width * channels;
    await writeFile(
      files.levels,
      Uint8Array.from({ length: size }, (_, i) => ((i * 7919) % 3) & 1),
    );
    return await run(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
