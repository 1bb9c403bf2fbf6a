/** Tables and facts on terminals of few columns: whole words, and every cell. */
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runList as listDatasets } from "../../src/commands/datasets.ts";
import { runDescribe } from "../../src/commands/describe.ts";
import { runList as listDisk } from "../../src/commands/disk.ts";
import { runList as listModels } from "../../src/commands/models.ts";
import { runCompare } from "../../src/commands/runs/compare.ts";
import { runShow } from "../../src/commands/runs/show.ts";
import { fitColumns } from "../../src/output/columns.ts";
import { epochTable } from "../../src/output/epoch-table.ts";
import { printed } from "../support/printed.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";
import { writeRun } from "../support/written-run.ts";

const table = [
  ["name", "data set", "size"],
  ["first", "binarized-mnist", "28×28"],
  ["second", "glyphs", ""],
];

describe("a table", () => {
  it("that fits is one of a line a row", () => {
    expect(fitColumns(table, 30, 1)).toEqual([
      "name    data set         size",
      "first   binarized-mnist  28×28",
      "second  glyphs",
    ]);
  });

  it("that is too wide has a column that goes on below itself, after hyphens", () => {
    expect(fitColumns(table, 25, 1)).toEqual([
      "name    data set    size",
      "first   binarized-  28×28\n        mnist",
      "second  glyphs",
    ]);
  });

  it("that is far too wide is of a name a row, and below it what there is, with headings", () => {
    const narrow = [
      "name",
      "first\n  data set\n  binarized-mnist\n  size 28×28",
      "second\n  data set glyphs",
    ];
    expect(fitColumns(table, 18, 1)).toEqual(narrow);
    expect(fitColumns(table, 29)).toEqual([
      "name",
      "first\n  data set binarized-mnist\n  size 28×28",
      narrow[2],
    ]);
  });
});

describe("of 40 columns", () => {
  const folder = temporaryFolder();
  const cache = join(folder, "cache");
  const places = { runs: join(folder, "runs"), cache, engines: join(cache, "backends") };
  const model = join(folder, "tiny.safetensors");
  const runs: string[] = [];
  beforeAll(() => {
    writeTinyModel(model);
    for (const [i, name] of ["a", "b", "d"].entries())
      runs.push(writeRun(folder, name, { settings: { learningRate: 0.001 * (i + 1), seed: i } }));
  });

  it.each([
    ["models list", () => listModels({})],
    ["datasets list", () => listDatasets({ dataDir: cache })],
    ["disk list", () => listDisk({}, places)],
    ["describe", () => runDescribe(model, {})],
    ["runs compare", () => runCompare(runs, {})],
    ["runs show", () => runShow(runs[0]!, { full: true })],
  ])("%s says all that it says on a wide one, and no word is broken", async (_, command) => {
    const wide = await printed(command, 200);
    const text = (await printed(command, 40)).trimEnd();
    expect(text).not.toContain("…");
    // A path is as long as it is.
    for (const line of text.split("\n")) if (!line.includes("/")) expect(line.length).toBeLessThanOrEqual(40);
    const there = wordCounts(text);
    const lost = [...wordCounts(wide)].filter(([word, count]) => (there.get(word) ?? 0) < count);
    expect(lost).toEqual([]);
  });
});

describe("the table of a training", () => {
  it.each([
    [80, ["epoch", "train nats", "test nats", "test bits/dim", "pictures/s"]],
    [40, ["epoch", "train nats", "test nats"]],
    [20, ["epoch", "train nats"]],
  ])("has the columns that %i characters have room for, and rows below them", (width, titles) => {
    const table = epochTable(width);
    const [heading, line] = table.header.split("\n");
    expect(heading!.split(/ {2,}/)).toEqual(titles);
    const measured = { images: 10, nats: 101.5, bitsPerDim: 0.1867 };
    const row = table.row({
      ...{ type: "evaluation", step: 7, epoch: 12, final: false, trainNats: 99.25 },
      ...{ validation: measured, test: measured, imagesPerSecond: 31.5 },
    });
    expect([heading, line, row].map((text) => text!.length)).toEqual([
      line!.length,
      line!.length,
      line!.length,
    ]);
    expect(line!.length).toBeLessThanOrEqual(width);
    expect(row.trim().split(/ +/)).toEqual(
      ["12", "99.25", "101.50", "0.1867", "31.5"].slice(0, titles.length),
    );
  });
});

function wordCounts(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.split(/[\s·]+/)) counts.set(word, (counts.get(word) ?? 0) + 1);
  counts.delete("");
  return counts;
}
