/** `pnpm sheets`: real pictures are taken from the test part by a rule, and pictures of another model, another draw or another card are found. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pictureOf, readBatch } from "@pixelcnn/core/data";
import { drawSheet, encodePng } from "@pixelcnn/pictures";
import { beforeEach, expect, it } from "vitest";
import { sha256Of } from "../../scripts/results/record.ts";
import { sheetCommand, withPictures } from "../../scripts/sheets/card-pictures.ts";
import { findStaleSheets } from "../../scripts/sheets/check-sheets.ts";
import { realSheet } from "../../scripts/sheets/real-sheet.ts";
import { writeSheets } from "../../scripts/sheets/sheet-record.ts";
import { datasetOfModel } from "../../src/evaluation/dataset-of-model.ts";
import { readModel } from "../../src/read-model.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";

const root = temporaryFolder();
const [model, card, image] = ["models/tiny.safetensors", "models/tiny.md", "docs/images/tiny.png"].map(
  (path) => join(root, path),
) as [string, string, string];
const real = "real-glyphs-4.png";

beforeEach(async () => {
  for (const folder of ["models", "docs/images"]) mkdirSync(join(root, folder), { recursive: true });
  writeTinyModel(model, { size: 16 });
  writeFileSync(image, "a sheet");
  const file = await readModel(model);
  const { png, count } = realSheet(file, await datasetOfModel(file, { quiet: true }), 1);
  writeFileSync(join(root, "docs/images", real), png);
  const record = {
    model: await sha256Of(model),
    drawn: { sha256: await sha256Of(image), count: 120, seed: 7 },
    real: { file: real, sha256: await sha256Of(join(root, "docs/images", real)), count },
  };
  await writeSheets(root, { tiny: record });
  const marks = "# tiny\n\n<!-- pictures: written by `pnpm sheets` -->\n<!-- end of pictures -->\n";
  writeFileSync(card, withPictures(marks, "tiny", { record, classes: 10 }));
});

it("real pictures are the first six of each class of the test part, in the model's levels", async () => {
  const file = await readModel(model);
  const dataset = await datasetOfModel(file, { quiet: true });
  const picture = new Uint8Array(256);
  const labels = Array.from({ length: dataset.test.length }, (_, index) =>
    dataset.test.read(index, picture, 0),
  );
  const indices = Array.from({ length: 10 }, (_, label) =>
    labels.flatMap((own, index) => (own === label ? [index] : [])).slice(0, 6),
  ).flat();
  const { levels } = readBatch(dataset, dataset.test, indices, file.preparation, { seed: 0, time: 0 });
  const { png, count } = realSheet(file, dataset, 2);
  expect(count).toBe(60);
  const expected = drawSheet(levels, pictureOf(dataset, 4), { columns: 6, scale: 2 });
  expect(Buffer.compare(png, encodePng(expected))).toBe(0);
});

it("of a set without classes they lie as far apart as it allows, for it may be sorted", async () => {
  const dataset = await datasetOfModel(await readModel(model), { quiet: true });
  writeTinyModel(model, { size: 16, classes: 0 });
  const file = await readModel(model);
  const indices = Array.from({ length: 20 }, (_, i) => i * Math.floor(dataset.test.length / 20));
  const { levels } = readBatch(dataset, dataset.test, indices, file.preparation, { seed: 0, time: 0 });
  const { png, count, every } = realSheet(file, dataset, 2);
  expect([count, every]).toEqual([20, Math.floor(dataset.test.length / 20)]);
  const expected = drawSheet(levels, pictureOf(dataset, 4), { columns: 10, scale: 2 });
  expect(Buffer.compare(png, encodePng(expected))).toBe(0);
  const record = {
    model: "",
    drawn: { sha256: "", count: 60, seed: 7 },
    real: { file: real, sha256: "", count: 20, every: 500 },
  };
  expect(withPictures(readFileSync(card, "utf8"), "tiny", { record, classes: 0 })).toContain(
    "20 of the test set, every 500th from the first on",
  );
});

it("a card says of which draws its pictures are", () => {
  const text = readFileSync(card, "utf8");
  expect(text).toContain("![Samples, a row per class](../docs/images/tiny.png)");
  expect(text).toContain("temperature 1, the first 120 of seed 7");
  expect(text).toContain("the first 6 of each class in the test set");
  const sheet =
    "Sheet: `pnpm --silent --filter cli generate --model-file tiny --count 60 --seed 7 --scale 2`.";
  expect(sheetCommand(sheet, "tiny").slice(0, 3)).toEqual(["generate", "--model-file", "tiny"]);
  expect(() => sheetCommand("# tiny", "tiny")).toThrow('models/tiny.md: expected a line "Sheet: `pnpm');
});

it("nothing is wrong where everything fits", async () => {
  expect(await findStaleSheets(root)).toEqual([]);
});

it("pictures of another model, other pictures and another caption are named", async () => {
  writeTinyModel(model, { size: 16, weightScale: 2 });
  expect(await findStaleSheets(root)).toEqual([
    "docs/images/tiny.png: expected pictures of the model file, got those of another; run: pnpm sheets tiny",
  ]);
  writeTinyModel(model, { size: 16 });
  writeFileSync(image, "a nicer sheet");
  writeFileSync(card, readFileSync(card, "utf8").replace("seed 7", "seed 8"));
  expect(await findStaleSheets(root)).toEqual([
    "docs/images/tiny.png: expected the sheet that was drawn for tiny, got another; run: pnpm sheets tiny",
    "models/tiny.md: expected the pictures as they were drawn, got others; run: pnpm sheets tiny",
  ]);
});
