import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeSafetensors, encodeSafetensors } from "@pixelcnn/core";
import { expect, it } from "vitest";
import { CliError } from "../../src/cli-error.ts";
import { type Checkpoint, encodeCheckpoint, readCheckpoint } from "../../src/training/checkpoint-file.ts";
import { readLong, sha256 } from "../../src/training/long-bytes.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const vector = (first: number) => Float32Array.of(first, -0, 1e-39, 3.25);
const checkpoint: Checkpoint = {
  state: {
    ...{ step: 7, epoch: 2, position: 3, epochNats: 0.1 + 0.2, elapsedMs: 12.5 },
    ...{ weights: vector(1), averagedWeights: vector(2), firstMoment: vector(3), secondMoment: vector(4) },
    ...{ statistics: new Float32Array(), averagedStatistics: new Float32Array() },
  },
  history: { command: 'train --run "größer"; train --resume x', steps: 20 },
};

it("a checkpoint comes back as it went, bit for bit", async () => {
  const path = join(folder, "whole");
  writeFileSync(path, encodeCheckpoint(checkpoint));
  expect(await readCheckpoint(path)).toEqual(checkpoint);
});

it("a flipped bit in any byte of it, and any missing end, is refused in one line with its name", async () => {
  const path = join(folder, "broken");
  const bytes = Buffer.from(encodeCheckpoint(checkpoint));
  const refused = async (damaged: Uint8Array, what: string) => {
    writeFileSync(path, damaged);
    const error = await readCheckpoint(path).catch((error: unknown) => error);
    expect(error, what).toBeInstanceOf(CliError);
    expect((error as CliError).message, what).toContain(`${path}: expected a whole checkpoint, got`);
  };
  for (let at = 0; at < bytes.length; at++) {
    const damaged = Buffer.from(bytes);
    damaged[at]! ^= 1 << (at % 8);
    await refused(damaged, `byte ${at}`);
  }
  for (const length of [0, 7, 100, bytes.length - 1])
    await refused(bytes.subarray(0, length), `${length} bytes`);
});

it("files and digests go in pieces where they are longer than Node takes at once", async () => {
  const path = join(folder, "long");
  const bytes = Buffer.from(Array.from({ length: 100 }, (_, i) => i));
  writeFileSync(path, bytes);
  for (const piece of [1, 7, 100, 1000]) {
    expect(await readLong(path, piece)).toEqual(bytes);
    const digest = sha256([bytes.subarray(0, 30), bytes.subarray(30)], piece);
    expect(digest).toBe(createHash("sha256").update(bytes).digest("hex"));
  }
});

it("one from before there were checksums is still read", async () => {
  const path = join(folder, "old");
  writeFileSync(path, encodeCheckpoint(checkpoint));
  const { metadata, tensors } = decodeSafetensors(readFileSync(path));
  writeFileSync(path, encodeSafetensors({ metadata: { trainingState: metadata.trainingState! }, tensors }));
  expect(await readCheckpoint(path)).toEqual({ ...checkpoint, history: { command: "", steps: 0 } });
});
