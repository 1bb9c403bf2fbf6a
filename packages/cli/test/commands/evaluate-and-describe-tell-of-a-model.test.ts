import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bitsPerDim, countWeights, decodeModelFile, sample } from "@pixelcnn/core";
import { glyphsDataset, limitSplit, readBatch } from "@pixelcnn/core/data";
import { describe, expect, it } from "vitest";
import { jsonLines, runCli, runHere } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";

const folder = temporaryFolder();
const path = join(folder, "model.safetensors");
const network = writeTinyModel(path);

describe("evaluate", () => {
  it("--json: images, nats and bitsPerDim, as the incremental sampler scores the same pictures", async () => {
    const flags = ["--model-file", path, "--limit", "3", "--json"];
    const outcome = await runCli(folder, "evaluate", ...flags);
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    const [result] = jsonLines(outcome.stdout) as [{ images: number; nats: number; bitsPerDim: number }];
    expect(Object.keys(result).sort()).toEqual(["bitsPerDim", "images", "nats", "standardError"]);
    const nats = await scored(3);
    expect(result.images).toBe(3);
    expect(Math.abs(result.nats / nats - 1)).toBeLessThan(1e-5);
    expect(result.bitsPerDim).toBeCloseTo(bitsPerDim(result.nats, network.picture), 10);
  });

  it("tells it in a line for people", async () => {
    const flags = ["--model-file", path, "--limit", "2", "--split", "validation"];
    const { code, stdout, stderr } = await runHere(folder, "evaluate", ...flags);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^glyphs validation, 4 levels: \d+\.\d\d ± \d\.\d\d nats, \d\.\d{4} ± \d\.\d{4} bits\/dim \(2 pictures\)\n$/,
    );
  });
});

describe("evaluate --beside", () => {
  const other = join(folder, "other.safetensors");
  writeTinyModel(other, { weightScale: 0.5 });

  it("tells of the other model, and of the difference picture by picture", async () => {
    const nats = async (...flags: readonly string[]) => {
      const { code, stdout, stderr } = await runHere(folder, "evaluate", "--json", ...flags);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      return (jsonLines(stdout) as [Record<string, unknown>])[0];
    };
    const common = ["--limit", "3"];
    const both = await nats("--model-file", path, "--beside", other, ...common);
    const own = await nats("--model-file", path, ...common);
    const second = await nats("--model-file", other, ...common);
    const { beside, ...first } = both;
    expect(first).toEqual(own);
    const { modelFile, difference, ...told } = beside as Record<string, unknown>;
    expect(modelFile).toBe(other);
    expect(told).toEqual(second);
    const { nats: more, standardError } = difference as { nats: number; standardError: number };
    expect(more).toBeCloseTo((second.nats as number) - (own.nats as number), 6);
    // Of pairs, so less than of either mean alone.
    const errors = [own, second].map((one) => (one.standardError as { nats: number }).nats);
    expect(standardError).toBeGreaterThan(0);
    expect(standardError).toBeLessThan(Math.hypot(...errors));
    const { stdout } = await runHere(folder, "evaluate", "--model-file", path, "--beside", path, ...common);
    expect(stdout).toMatch(
      /\n.*model\.safetensors: \d.* bits\/dim, 0\.00 ± 0\.00 nats more by pairs of the same pictures\n$/,
    );
  });

  it("refuses a model of other pictures in one line", async () => {
    const { code, stdout, stderr } = await runHere(folder, "evaluate", path, "--beside", "glyphs");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(
      /^--beside: expected a model of the same pictures as .*model\.safetensors, 8×8×1 of 4 levels, got glyphs, 16×16×1 of \d+ levels.*; name another\n$/,
    );
  });
});

describe("describe", () => {
  it("--json: weights is their number, and the rest is what the file holds", async () => {
    const outcome = await runHere(folder, "describe", "model.safetensors", "--json");
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    const [description] = jsonLines(outcome.stdout);
    expect(description?.bytesPerPicture).toBeGreaterThan(1000);
    expect(description).toMatchObject({
      weights: countWeights(network),
      picture: network.picture,
      classes: 10,
      preparation: { levels: 4, binarise: null },
      provenance: { dataset: "glyphs", steps: 3, test: { nats: 88.25 } },
      receptiveField: [{ blindSpot: 0 }],
      nodes: network.nodes,
    });
  });

  it("shows it to people", async () => {
    const { code, stdout, stderr } = await runHere(folder, "describe", path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatchSnapshot();
    expect((await runHere(folder, "describe", path, "--full")).stdout).toMatchSnapshot();
  });

  it("says that levels are looked up in a table, which every stage can be printed of", async () => {
    const network = writeTinyModel(join(folder, "names.safetensors"), { embedding: 3 });
    const shown = async (...words: string[]) =>
      (await runHere(folder, "describe", "names.safetensors", ...words)).stdout;
    expect(await shown()).toMatch(/\nlevels +looked up in a table, 3 numbers each\n/);
    expect(network.nodes[1]).toMatchObject({ op: "embedding" });
    expect(await shown("--program", "stablehlo")).toMatch(/"stablehlo\.gather"[\s\S]*"stablehlo\.scatter"/);
  });

  it("shows the operations of its likelihood, of its training step and of what XLA compiles", async () => {
    const shown = async (...words: string[]) =>
      (await runHere(folder, "describe", "model.safetensors", ...words)).stdout;
    expect(await shown("--program", "forward")).toMatch(/ = convolution %\d+[\s\S]*\nnats = %\d+\n$/);
    expect(await shown("--program")).toMatch(/ = convolutionFilterGradient [\s\S]*\ngradientNorm = %\d+\n$/);
    expect(await shown("--program", "stablehlo")).toMatch(
      /^module @step [\s\S]*stablehlo\.dot_general[\s\S]*\n}\n$/,
    );
    const refused = await runHere(folder, "describe", "model.safetensors", "--program", "gradient");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^.*forward, step, stablehlo.*\n$/);
  });

  it.each(["glyphs", "mnist-256", "fashion-mnist"])("%s fits a screen", async (model) => {
    const { stdout } = await runHere(folder, "describe", model);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThan(24);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });
});

/** Mean nats of test pictures, each value scored position by position. */
async function scored(count: number): Promise<number> {
  const { model, preparation } = decodeModelFile(readFileSync(path));
  const dataset = glyphsDataset({ height: 8, width: 8, channels: 1 });
  const indices = Array.from({ length: count }, (_, i) => i);
  const noise = { seed: 0, time: 0 };
  const batch = readBatch(dataset, limitSplit(dataset.test, count), indices, preparation, noise);
  const mask = new Uint8Array(batch.levels.length).fill(1);
  const drawing = sample(model, {
    count,
    classLabel: [...batch.labels],
    known: { levels: batch.levels, mask },
    logProbabilities: true,
  });
  let total = 0;
  for await (const { complete, logProbabilities } of drawing) {
    if (complete) for (const value of logProbabilities!) total -= value;
  }
  return total / count;
}
