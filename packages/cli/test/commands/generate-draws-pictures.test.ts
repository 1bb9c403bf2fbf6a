import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import { jsonLines, runCli, runHere } from "../support/pixelcnn.ts";
import { listing, temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";

const folder = temporaryFolder();
writeTinyModel(join(folder, "model.safetensors"));
writeTinyModel(join(folder, "classless.safetensors"), { classes: 0, levels: 2 });

function generate(...flags: readonly string[]) {
  return runHere(folder, "generate", "--model-file", "./model.safetensors", ...flags);
}

const size = (png: Uint8Array) => {
  const { width, height } = decode(png);
  return { width, height };
};
/** Pixels of so many pictures of 8 pixels at scale 4, with gaps of 2. */
const pixels = (pictures: number) => 34 * pictures + 2;

describe("generate", () => {
  it("--out writes a sheet; --out - writes the same bytes to standard output and nothing else", async () => {
    const toFile = await generate("--count", "3", "--seed", "5", "--out", "sheets/three.png");
    const path = join(folder, "sheets/three.png");
    expect(toFile).toMatchObject({ code: 0, stderr: "" });
    expect(toFile.stdout).toMatch(/^3 pictures, \d+\.\d ms each: (.+)\n$/);
    expect(toFile.stdout.trimEnd().endsWith(`: ${path}`)).toBe(true);
    expect(size(readFileSync(path))).toEqual({ width: pixels(2), height: pixels(2) });
    expect(listing(join(folder, "sheets"))).toEqual(["three.png"]);

    const piped = await generate("--count", "3", "--seed", "5", "--out", "-", "--json");
    expect(piped).toMatchObject({ code: 0, stderr: "" });
    expect(piped.bytes.equals(readFileSync(path))).toBe(true);
  });

  it("draws the same with every sampler, batch size and number of threads, and something else with another seed", async () => {
    const flags = ["--count", "4", "--class", "3", "--out", "-"];
    const incremental = await generate(...flags, "--seed", "5");
    expect(incremental).toMatchObject({ code: 0, stderr: "" });
    const naive = await generate(...flags, "--seed", "5", "--sampler", "naive", "--backend", "cpu");
    expect(naive.bytes.equals(incremental.bytes)).toBe(true);
    const words = ["generate", "--model-file", "./model.safetensors", ...flags, "--seed", "5"];
    const cut = await runCli(folder, ...words, "--batch-size", "1", "--workers", "2");
    expect(cut.bytes.equals(incremental.bytes)).toBe(true);
    const other = await generate(...flags, "--seed", "6");
    expect(other.bytes.equals(incremental.bytes)).toBe(false);
  });

  it.each([
    [
      ["--backend", "cpu", "--sampler", "incremental"],
      "--backend: expected --sampler naive or fixed-point beside it, got incremental; choose one of them, or leave --backend out",
    ],
    [
      ["--workers", "2", "--sampler", "naive"],
      "--workers: expected 1 with --sampler naive, got 2; leave it out",
    ],
    [["--workers", "2", "--animate", "x.gif"], "--workers: expected 1 for an animation, got 2; leave it out"],
    [
      ["--background", "white"],
      "--background: expected --complete beside it, got none; name a picture, or leave it out",
    ],
    ...[
      ["--columns", "--out", "x.npy"],
      ["--scale", "--ascii"],
    ].map(([flag, ...words]): [string[], string] => [
      [flag!, "4", ...words],
      `${flag}: expected a sheet or an animation that it lays out, got neither; name a .png or a .gif, or leave it out`,
    ]),
  ])("refuses %j, which would make no difference", async (flags, told) => {
    expect(await generate(...flags)).toMatchObject({ code: 1, stdout: "", stderr: `${told}\n` });
  });

  it("takes a config file, flags go before it; --columns and --scale shape the sheet", async () => {
    const config = {
      modelFile: "./model.safetensors",
      count: 2,
      columns: 1,
      seed: 5,
      out: "from-config.png",
    };
    writeFileSync(join(folder, "generate.json"), JSON.stringify(config));
    const flags = ["--config", "generate.json", "--columns", "6", "--count", "12", "--scale", "1", "--json"];
    const outcome = await runHere(folder, "generate", ...flags);
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    expect(jsonLines(outcome.stdout)).toMatchObject([
      {
        count: 12,
        seed: 5,
        sampler: expect.stringMatching(/^(incremental|shader)$/),
        out: join(folder, "from-config.png"),
      },
    ]);
    expect(size(readFileSync(join(folder, "from-config.png")))).toEqual({
      width: 6 * 9 + 1,
      height: 2 * 9 + 1,
    });
  });

  it("--ascii prints the pictures and writes no file", async () => {
    const before = listing(folder);
    const flags = ["--model-file", "classless.safetensors", "--count", "2", "--ascii"];
    const { code, stdout, stderr } = await runHere(folder, "generate", ...flags);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    // Two pictures of eight lines, an empty line behind each.
    const lines = stdout.split("\n");
    expect(lines).toHaveLength(2 * 9 + 1);
    expect([lines[8], lines[17], lines[18]]).toEqual(["", "", ""]);
    for (const line of lines) expect(line).toMatch(/^(?:(?:@@| {2})*@@)?$/);
    for (const start of [0, 9]) expect(lines.slice(start, start + 8).join("")).toContain("@@");
    expect(listing(folder)).toEqual(before);
  });

  it("--class all gives a row per class", async () => {
    const outcome = await generate("--class", "all", "--count", "20", "--out", "all.png", "--quiet");
    expect(outcome).toMatchObject({ code: 0, stdout: "", stderr: "" });
    expect(size(readFileSync(join(folder, "all.png")))).toEqual({ width: pixels(2), height: pixels(10) });
  });
});
