/** A picture that a model drew goes through a picture file into a completion: what is kept comes out as it went in. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeModelFile } from "@pixelcnn/core";
import { levelToByte } from "@pixelcnn/core/data";
import { knownRows } from "@pixelcnn/drawing";
import { decode, encode } from "fast-png";
import { expect, it } from "vitest";
import { runCli } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";

const folder = temporaryFolder();

/** Writes bytes [height, width, 1] as a PNG. */
function writeGrey(name: string, data: Uint8Array, width: number, height: number): string {
  const path = join(folder, name);
  writeFileSync(path, encode({ width, height, data, channels: 1 }));
  return path;
}

it("every level of every number of levels", async () => {
  const size = { height: 16, width: 16, channels: 1 };
  for (let levels = 2; levels <= 256; levels++) {
    const drawn = Uint8Array.from({ length: 256 }, (_, i) => i % levels);
    const shown = drawn.map((level) => levelToByte(level, levels));
    const path = writeGrey("shown.png", shown, 16, 16);
    const known = await knownRows(path, 16, { picture: { ...size, levels } } as never, {
      levels,
      binarise: null,
    });
    expect(known.levels, `${levels} levels`).toEqual(drawn);
  }
});

it("rows of a sheet of 28 levels, by the command", async () => {
  const model = join(folder, "model.safetensors");
  writeTinyModel(model, { levels: 28, classes: 0 });
  const { height, width } = decodeModelFile(readFileSync(model)).model.network.picture;
  const flags = ["--model-file", model, "--count", "1", "--scale", "1", "--out", "-"];
  /** The picture inside its frame of one pixel. */
  const inside = (png: Uint8Array) => {
    const sheet = decode(png);
    const rows = Array.from({ length: height }, (_, y) => {
      const start = (y + 1) * sheet.width + 1;
      return [...sheet.data.slice(start, start + width)];
    });
    return Uint8Array.from(rows.flat());
  };
  const drawn = inside((await runCli(folder, "generate", ...flags, "--seed", "3")).bytes);
  const path = writeGrey("drawn.png", drawn, width, height);
  const completion = await runCli(
    folder,
    "generate",
    ...flags,
    "--seed",
    "4",
    "--complete",
    path,
    "--rows",
    "5",
  );
  expect(completion.stderr).toBe("");
  const completed = inside(completion.bytes);
  expect(completed.subarray(0, 5 * width)).toEqual(drawn.subarray(0, 5 * width));
  expect(completed).not.toEqual(drawn);
});
