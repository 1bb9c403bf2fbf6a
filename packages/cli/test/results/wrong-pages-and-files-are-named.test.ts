import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { countWeights } from "@pixelcnn/core";
import { beforeEach, describe, expect, it } from "vitest";
import { findStale } from "../../scripts/results/check.ts";
import { pagesOf } from "../../scripts/results/pages.ts";
import { type Measurement, type Results, sha256Of } from "../../scripts/results/record.ts";
import { classesTable, resultsTable } from "../../scripts/results/table.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";

const root = temporaryFolder();
const model = join(root, "models", "tiny.safetensors");

const measured: Measurement = {
  sha256: "",
  dataset: "binarized-mnist",
  picture: { height: 28, width: 28, channels: 1, levels: 2 },
  binarise: "fixed",
  weights: 131_905,
  steps: 1770,
  test: { images: 10_000, nats: 86.6149, bitsPerDim: 86.6149 / (784 * Math.LN2) },
  part: { images: 1000, nats: 86.1, bitsPerDim: 86.1 / (784 * Math.LN2) },
  classAgreement: { images: 1000, agreement: 0.9634, classifier: { images: 10_000, accuracy: 0.985 } },
  copies: { images: 1000, copies: 3, trained: 49_152, part: { images: 100, copies: 1 } },
};
let results: Results;

const edit = (file: string, from: string, to: string) => {
  const text = readFileSync(join(root, file), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(root, file), text.replace(from, to));
};

beforeEach(async () => {
  rmSync(root, { recursive: true });
  for (const folder of ["docs", "models", "packages/room"])
    mkdirSync(join(root, folder), { recursive: true });
  const network = writeTinyModel(model, { size: 28, levels: 2 });
  const sha256 = await sha256Of(model);
  const ofFile = {
    dataset: "glyphs",
    binarise: "dynamic",
    weights: countWeights(network),
    steps: 3,
  } as const;
  results = { tiny: { ...measured, ...ofFile, sha256 } };
  writeFileSync(
    join(root, "docs/results.md"),
    "above\n<!-- results: written by `pnpm results` -->\n<!-- end of results -->\nbelow\n" +
      "<!-- classes: written by `pnpm results` -->\n<!-- end of classes -->\n",
  );
  writeFileSync(
    join(root, "models", "tiny.md"),
    "# tiny\n\n| | |\n| --- | --- |\n| network | gated; 1 weights |\n| test | ? |\n| class agreement | ? |\n| copies | ? |\n| data licence | MIT |\n",
  );
  const weights = countWeights(network).toLocaleString("en");
  writeFileSync(
    join(root, "README.md"),
    `A network of 7 weights.\n\nBeside it \`tiny\` has ${weights} weights\nand 86.6 nats.\n\n- \`tiny\`: 0.159 bits/dim\n- another: 0.2 bits/dim\n`,
  );
  for (const { path, current } of await pagesOf(root, results)) writeFileSync(join(root, path), current);
});

describe("the pages", () => {
  it("hold the measured values and keep all else", () => {
    expect(readFileSync(join(root, "docs/results.md"), "utf8")).toBe(
      [
        "above",
        "<!-- results: written by `pnpm results` -->",
        "",
        resultsTable(results),
        "",
        "<!-- end of results -->",
        "below",
        "<!-- classes: written by `pnpm results` -->",
        "",
        classesTable(results),
        "",
        "<!-- end of classes -->",
        "",
      ].join("\n"),
    );
    expect(readFileSync(join(root, "models", "tiny.md"), "utf8")).toBe(
      [
        "# tiny",
        "",
        "| | |",
        "| --- | --- |",
        `| network | gated; ${results.tiny!.weights.toLocaleString("en")} weights |`,
        "| test | 86.61 nats, 0.1594 bits/dim (all 10,000 test pictures) |",
        "| class agreement | 96.3% of 1,000 samples, by a classifier that names 98.5% of the real test pictures rightly: a ratio of 0.978 |",
        "| copies | 3 of 1,000 samples are one of 49,152 pictures of the training |",
        "| data licence | MIT |",
        "",
      ].join("\n"),
    );
  });

  it("show beside what the judge says of samples what it says of real pictures", () => {
    const lines = classesTable({ b: measured, a: { ...measured, classAgreement: null } }).split("\n");
    expect(lines[0]!.split("|").map((cell) => cell.trim())).toEqual([
      "",
      "model",
      "samples of the asked class",
      "real test pictures",
      "ratio",
      "",
    ]);
    expect(lines.slice(2).map((line) => line.split("|").map((cell) => cell.trim()))).toEqual([
      ["", "`b`", "96.3% of 1,000", "98.5% of 10,000", "0.978", ""],
    ]);
  });

  it("show measured values in the unit of the published ones, those with any first", () => {
    const glyphs = {
      ...measured,
      dataset: "glyphs",
      binarise: null,
      picture: { ...measured.picture, levels: 4 },
    };
    const lines = resultsTable({ a: glyphs, tiny: measured }).split("\n");
    const cells = lines.map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(cells[0]).toEqual(["data set", "model", "weights", "steps", "measured", "published"]);
    expect(cells[2]).toEqual([
      "binarised MNIST (fixed)",
      "[`tiny`](../models/tiny.md)",
      "131,905",
      "1,770",
      "86.61 nats",
      "PixelCNN [81.30](https://arxiv.org/abs/1601.06759), PixelRNN [79.20](https://arxiv.org/abs/1601.06759)",
    ]);
    expect(cells[3]!.slice(4)).toEqual(["86.61 nats (0.159 bits/dim)", "–"]);
  });
});

describe("what does not fit is named", () => {
  it("nothing, where everything fits", async () => {
    expect(await findStale(root, results)).toEqual([]);
  });

  it("a value that someone made better on the page", async () => {
    edit("docs/results.md", "86.61 nats", "79.99 nats");
    expect(await findStale(root, results)).toEqual([
      "docs/results.md: expected the measured values, got others",
      "docs/results.md: expected 86.61 nats of tiny, got 79.99 nats",
    ]);
  });

  it("a card of an earlier measurement", async () => {
    edit("models/tiny.md", "0.1594", "0.1595");
    expect(await findStale(root, results)).toEqual([
      "models/tiny.md: expected the measured values, got others",
    ]);
  });

  it("a figure that a document quotes of a model, in its own digits", async () => {
    edit("README.md", "86.6 nats", "86.5 nats");
    edit("README.md", "0.159 bits", "0.1594 bits");
    const { weights } = results.tiny!;
    edit("README.md", weights.toLocaleString("en"), String(weights + 1));
    expect(await findStale(root, results)).toEqual([
      `README.md: expected ${weights} weights of tiny, got ${weights + 1} weights`,
      "README.md: expected 86.6 nats of tiny, got 86.5 nats",
    ]);
    writeFileSync(join(root, "packages/room/README.md"), "| `models/tiny` | 80 nats |\n");
    expect((await findStale(root, results)).at(-1)).toBe(
      "packages/room/README.md: expected 87 nats of tiny, got 80 nats",
    );
  });

  it("a record that is not of its file, or not of one measurement", async () => {
    const { tiny } = results as Record<string, Measurement>;
    const { test } = tiny!;
    const stale = async (changed: Partial<Measurement>) => {
      const others = { tiny: { ...tiny!, ...changed } };
      for (const { path, current } of await pagesOf(root, others)) writeFileSync(join(root, path), current);
      return (await findStale(root, others)).filter((line) => line.startsWith("models/results.json"));
    };
    expect(await stale({})).toEqual([]);
    expect(await stale({ steps: 4, dataset: "mnist" })).toEqual([
      'models/results.json: expected dataset "glyphs" of tiny, as its file has it, got "mnist"',
      "models/results.json: expected steps 3 of tiny, as its file has it, got 4",
    ]);
    const nats = 76.6149; // of 86.6149
    expect(await stale({ test: { ...test, nats } })).toEqual([
      `models/results.json: expected ${nats / Math.LN2 / 784} bits/dim of ${nats} nats in tiny's test, got ${test.bitsPerDim}`,
    ]);
  });

  it("a file of which one byte is another", async () => {
    const bytes = readFileSync(model);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(model, bytes);
    expect(await findStale(root, results)).toEqual([
      "models/tiny.safetensors: expected the file that was measured, got another",
    ]);
  });

  it("another model file, one that was not measured, and one that is gone", async () => {
    writeTinyModel(model, { size: 9 });
    expect(await findStale(root, results)).toEqual([
      "models/tiny.safetensors: expected the file that was measured, got another",
    ]);
    cpSync(model, join(root, "models", "new.safetensors"));
    rmSync(model);
    expect(await findStale(root, results)).toEqual([
      "models/results.json: expected no tiny, which is not in models/",
      "models/results.json: expected new, got none",
    ]);
  });

  it("a page without the marks, and a card without the row", async () => {
    edit("docs/results.md", "<!-- end of results -->", "");
    await expect(findStale(root, results)).rejects.toThrow(/docs\/results.md: expected <!-- results/);
    edit("docs/results.md", "below", "<!-- end of results -->");
    edit("models/tiny.md", "| class agreement |", "| agreement |");
    await expect(findStale(root, results)).rejects.toThrow(
      'models/tiny.md: expected a row "| class agreement | … |"',
    );
  });
});
