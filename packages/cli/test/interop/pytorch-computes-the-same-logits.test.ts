/** interop/pytorch/pixelcnn.py against the tensor reader: every shipped model, and graphs with the other operations, both ways. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { dimensions, Purpose, uniform } from "@pixelcnn/core";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { decodedFile } from "./decoded.ts";
import { logitsOf } from "./logits.ts";
import { natsOf } from "./nats.ts";
import { writeOddModels } from "./odd-models.ts";
import { findPython, interop, runPythonInTurn } from "./python.ts";

/** Of the largest logit: a sharp distribution has logits of almost 200, and a float32 of them is that much coarser. */
const TOLERANCE = 1e-5;
const COUNT = 2;

const folder = temporaryFolder();
const shippedFolder = fileURLToPath(new URL("../../../../models/", import.meta.url));
const shipped = readdirSync(shippedFolder).filter((name) => name.endsWith(".safetensors"));
const odd = writeOddModels(folder);
const files = [...shipped.map((name) => [name, join(shippedFolder, name)] as const), ...odd];
const python = findPython("torch", "numpy");

/** As a share of the largest of `b`. */
function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a).toHaveLength(b.length);
  const largest = b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const difference = a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
  return difference / largest;
}

it("there are shipped models to look at", () => {
  expect(shipped).toEqual(
    expect.arrayContaining(["colour-glyphs.safetensors", "glyphs.safetensors", "mnist-binary.safetensors"]),
  );
});

/** Random pictures, and a label for each. */
function picturesFor(path: string) {
  const { network } = decodedFile(path).model;
  const levels = Uint8Array.from({ length: COUNT * dimensions(network.picture) }, (_, i) =>
    Math.floor(uniform(1, 0, i, Purpose.sample, 0, 0) * network.picture.levels),
  );
  const labels = [network.classes, 1].map((label) => Math.max(0, label - 1));
  return { levels, labels };
}

describe.skipIf(python === null)("PyTorch", { timeout: 300_000 }, () => {
  const room = (name: string, scale: string) => join(folder, `${scale} of ${name}`);
  const floatsIn = (where: string, name: "logits" | "nats") =>
    new Float32Array(new Uint8Array(readFileSync(join(where, name))).buffer);

  beforeAll(async () => {
    const runs = files.flatMap(([name, path]) =>
      ["1", "0.9"].map((scale) => {
        const cwd = room(name, scale);
        const { levels, labels } = picturesFor(path);
        mkdirSync(cwd);
        writeFileSync(join(cwd, "levels"), levels);
        const told = ["levels", labels.join(), "logits", "model.safetensors"];
        const words = [path, ...told, "--scale", scale, "--nats-out", "nats"];
        return { script: join(interop, "logits.py"), cwd, words };
      }),
    );
    for (const { refused } of await runPythonInTurn(python!, runs)) expect(refused).toBeNull();
  }, 300_000);

  it.each(files)("%s: the same logits of our file, and of the one that it writes", async (name, path) => {
    const { levels, labels } = picturesFor(path);
    const ours = await logitsOf(path, levels, labels);
    expect(largestDifference(floatsIn(room(name, "1"), "logits"), ours)).toBeLessThan(TOLERANCE);

    const changed = floatsIn(room(name, "0.9"), "logits");
    expect(largestDifference(changed, ours)).toBeGreaterThan(100 * TOLERANCE);
    const written = await logitsOf(join(room(name, "0.9"), "model.safetensors"), levels, labels);
    expect(largestDifference(changed, written)).toBeLessThan(TOLERANCE);
  });

  it.each(files)("%s: the same nats", async (name, path) => {
    const { levels, labels } = picturesFor(path);
    const { network } = decodedFile(path).model;
    // The least byte of which every level is made.
    const pixels = levels.map((level) => Math.ceil((256 / network.picture.levels) * level));
    const written = join(room(name, "0.9"), "model.safetensors");
    for (const [scale, file] of Object.entries({ "1": path, "0.9": written })) {
      const theirs = floatsIn(room(name, scale), "nats").reduce((sum, nats) => sum + nats / COUNT, 0);
      const ours = await natsOf(file, pixels, labels);
      expect(Math.abs(theirs / ours - 1)).toBeLessThan(TOLERANCE);
    }
  });
});
