/** `evaluate --class-agreement`: high for a model that draws what it is asked for, chance for one that does not. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawn as spawnInTerminal } from "@lydell/node-pty";
import { encodeNpy } from "@pixelcnn/core/data";
import { zipSync } from "fflate";
import { beforeAll, describe, expect, inject, it, vi } from "vitest";
import { Classifier } from "../../src/classifier/classifier.ts";
import { evaluateDefaults } from "../../src/settings/evaluate-settings.ts";
import { jsonLines, type Outcome, runHere } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";

const folder = temporaryFolder();
const classless = join(folder, "classless.safetensors");
const random = join(folder, "random.safetensors");
writeTinyModel(classless, { classes: 0 });
writeTinyModel(random, { size: 4 });

/** Of every class 20 pictures of 4×4, a bright pixel on dark ground where the class says: a judge learns them in moments. */
const spots = join(folder, "spots.npz");
const labels = Uint8Array.from({ length: 200 }, (_, i) => i % 10);
const pictures = Uint8Array.from({ length: 200 * 16 }, (_, i) =>
  i % 16 === labels[Math.floor(i / 16)] ? 255 : (i * 7) % 60,
);
writeFileSync(
  spots,
  zipSync({
    "pictures.npy": encodeNpy({ shape: [200, 4, 4], values: pictures }),
    "labels.npy": encodeNpy({ shape: [200], values: labels }),
  }),
);

interface Agreement {
  readonly images: number;
  readonly agreement: number;
  readonly perClass: readonly number[];
  readonly classifier: { readonly images: number; readonly accuracy: number };
}

const flags = ["--class-agreement", "--backend", "wasm"];
const judge = (...more: readonly string[]) => runHere(folder, "evaluate", ...flags, ...more);

function agreementIn({ code, stdout, stderr }: Outcome): Agreement {
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return (jsonLines(stdout) as unknown as [Agreement])[0];
}

const train = Classifier.train.bind(Classifier);
const judges = vi.spyOn(Classifier, "train");

/** Judges learn for a part of their time, in which they get to know these pictures well enough. */
beforeAll(() => {
  judges.mockImplementation((dataset, options) => {
    return train(dataset, { ...options, steps: dataset.name === "glyphs" ? 300 : 160 });
  });
  return () => judges.mockRestore();
});

/** Steps that a judge takes where nobody says how many. */
function ownSteps(...[dataset, options]: Parameters<typeof train>): Promise<number> {
  return new Promise((resolve, reject) => {
    const onProgress = (_: number, steps: number) => {
      resolve(steps);
      throw new Error("enough is known");
    };
    train(dataset, { ...options, onProgress }).catch(reject);
  });
}

describe("--class-agreement", { timeout: 300_000 }, () => {
  const spotted = ["--model-file", random, "--dataset", spots, "--samples-per-class", "20", "--seed", "3"];

  it("is at least 95% for glyphs, by a classifier that knows real pictures", async () => {
    expect(evaluateDefaults).toMatchObject({ samplesPerClass: 100 });
    const words = ["--json", "--model-file", "glyphs", "--samples-per-class", "20"];
    const { images, agreement, perClass, classifier } = agreementIn(await judge(...words));
    expect(images).toBe(200);
    expect(agreement).toBeGreaterThanOrEqual(0.95);
    expect(perClass).toHaveLength(10);
    expect(perClass.reduce((sum, share) => sum + share, 0) / 10).toBeCloseTo(agreement, 10);
    expect(classifier).toMatchObject({ images: 1000 });
    expect(classifier.accuracy).toBeGreaterThan(0.98);
  });

  it("is chance for random weights; people are told the same for the same seed, and which class is the worst", async () => {
    const first = agreementIn(await judge("--json", ...spotted));
    expect(first.images).toBe(200);
    expect(first.agreement).toBeLessThan(0.25);
    expect(first.classifier).toMatchObject({ images: 20 });
    expect(first.classifier.accuracy).toBeGreaterThan(0.8);
    const { code, stdout } = await judge(...spotted);
    expect(code).toBe(0);
    // Of 20 and of 200 a tenth of a percent is exact.
    const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
    const least = Math.min(...first.perClass);
    expect(stdout).toBe(
      `${spots}: a classifier agrees with the class asked for on ${percent(first.agreement)} of 200 samples ` +
        `(least: class ${first.perClass.indexOf(least)}, ${percent(least)})\n` +
        `of 20 real test pictures it names ${percent(first.classifier.accuracy)} rightly\n`,
    );
  });

  it("has a judge that learns as long as it should: for 800 steps of few pictures", async () => {
    const asked = new Map(judges.mock.calls.map((call) => [call[0].name, call]));
    expect(asked.size).toBe(2);
    for (const [dataset, options] of asked.values()) {
      expect(options).not.toHaveProperty("steps");
      expect(await ownSteps(dataset, options)).toBe(800);
    }
  });

  it("is measured by a process of its own as well, which tells whoever watches", async () => {
    const words = [inject("app"), "evaluate", ...flags, ...spotted];
    const terminal = spawnInTerminal(process.execPath, words, { cwd: folder, cols: 80 });
    const told = new Promise<string>((resolve) => {
      let text = "";
      terminal.onData((more) => {
        text += more;
        if (/[1-9]%/.test(text)) resolve(text);
      });
      terminal.onExit(() => resolve(text));
    });
    expect(await told).toMatch(/judging training the classifier.* [1-9]%/);
    terminal.kill();
  });

  it("needs a model with classes", async () => {
    expect(await judge("--model-file", classless)).toMatchObject({
      code: 1,
      stdout: "",
      stderr:
        "--class-agreement: expected a model with classes, got one without; leave it out, or name another model\n",
    });
  });

  it.each([
    ["--limit", "5"],
    ["--split", "validation"],
    ["--beside", "glyphs"],
  ])("is not measured with %s, of the likelihood alone", async (flag, value) => {
    expect(await judge("--model-file", random, flag, value)).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(
        new RegExp(
          `^${flag}: expected a likelihood to \\w+, got --class-agreement; leave one of them out\\n$`,
        ),
      ),
    });
  });

  it("alone takes --samples-per-class", async () => {
    const words = ["--model-file", random, "--backend", "wasm", "--samples-per-class", "5"];
    expect(await runHere(folder, "evaluate", ...words)).toMatchObject({
      code: 1,
      stdout: "",
      stderr:
        "--samples-per-class: expected --class-agreement beside it, got none; add it, or leave this one out\n",
    });
  });
});
