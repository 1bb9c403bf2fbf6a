/** `generate` with the shipped model of coloured glyphs: its sheet and its text against levels drawn here. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { decodeModelFile, sample } from "@pixelcnn/core";
import { levelToByte } from "@pixelcnn/core/data";
import { decode } from "fast-png";
import { expect, inject, it } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { modelPath } from "../../src/paths.ts";
import { runHere } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const flags = ["--model-file", "colour-glyphs", "--count", "1", "--class", "4", "--seed", "7"];

const { model } = decodeModelFile(readFileSync(modelPath("colour-glyphs")));
const { height, width, channels, levels } = model.network.picture;

/** The picture's bytes, [H, W, 3]. */
async function drawn(): Promise<Uint8Array> {
  let bytes = new Uint8Array();
  for await (const { complete, pixels } of sample(model, { classLabel: 4, seed: 7 })) {
    if (complete) bytes = Uint8Array.from(pixels, (level) => levelToByte(level, levels));
  }
  return bytes;
}

it("its sheet has red, green and blue where they belong", async () => {
  const expected = await drawn();
  expect(channels).toBe(3);
  const { bytes, code } = await runHere(folder, "generate", ...flags, "--scale", "1", "--out", "-");
  expect(code).toBe(0);
  const sheet = decode(bytes);
  expect([sheet.channels, sheet.width, sheet.height]).toEqual([3, width + 2, height + 2]); // a gap of one all round
  const inside = Array.from({ length: height }, (_, y) => {
    const start = ((y + 1) * sheet.width + 1) * 3;
    return [...sheet.data.slice(start, start + 3 * width)];
  });
  expect(inside.flat()).toEqual([...expected]);
  expect(new Set(expected.map((value, i) => value - expected[i - (i % 3)]!)).size).toBeGreaterThan(2);
});

it("its text has the same colours where a terminal takes them", async () => {
  const expected = await drawn();
  const { NO_COLOR: _, ...env } = process.env;
  const words = [inject("app"), "generate", ...flags, "--ascii"];
  const options = { cwd: packageRoot, env: { ...env, FORCE_COLOR: "3" }, encoding: "utf8" } as const;
  const { stdout } = spawnSync(process.execPath, words, options);
  const [, ...cells] = stdout.split("\x1b[38;2;"); // red;green;bluem and the characters
  const colours = cells.flatMap((cell) => cell.slice(0, cell.indexOf("m")).split(";").map(Number));
  expect(colours).toEqual([...expected]);
});
