/** A picture that a model drew goes through a picture file into a completion: what is kept comes out as it went in. */
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeModelFile, type PictureShape } from "@pixelcnn/core";
import { encodeNpy, levelToByte } from "@pixelcnn/core/data";
import { type KnownRowsOptions, knownRows } from "@pixelcnn/drawing";
import { decode, encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { runHere } from "../support/pixelcnn.ts";
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
  const drawn = inside((await runHere(folder, "generate", ...flags, "--seed", "3")).bytes);
  const path = writeGrey("drawn.png", drawn, width, height);
  const completion = await runHere(
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

describe("the start of a completion", () => {
  const codes = { height: 2, width: 3, channels: 1, levels: 300, unordered: true } as const;
  const start = (path: string, picture: PictureShape, options?: KnownRowsOptions) =>
    knownRows(path, 1, { picture } as never, { levels: picture.levels, binarise: null }, options);

  it("of codes is an array of them, and no picture", async () => {
    const path = join(folder, "codes.npy");
    writeFileSync(
      path,
      encodeNpy({ shape: [2, 2, 3], values: Uint16Array.of(299, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) }),
    );
    const known = await start(path, codes);
    expect(known.levels).toEqual(Uint16Array.of(299, 1, 2, 3, 4, 5));
    expect(known.mask).toEqual(Uint8Array.of(1, 1, 1, 0, 0, 0));
    const grey = writeGrey("grey.png", new Uint8Array(6), 3, 2);
    await expect(start(grey, codes)).rejects.toThrow(/expected an array of codes \(\.npy\).*got a picture/);
    await expect(start(path, { ...codes, levels: 299 })).rejects.toThrow(/levels from 0 to 298.*got 299/);
    await expect(start(path, { ...codes, width: 6 })).rejects.toThrow(/array \[2, 6\].*got \[2, 2, 3\]/);
    truncateSync(path, 2 ** 31); // takes no room
    await expect(start(path, codes)).rejects.toThrow(/at most 1073741824 bytes, got 2147483648; save less/);
  });

  it("of a smaller sprite lies in the middle of what is transparent, or of the background", async () => {
    const palette = [
      [0, 0, 0, 0],
      [255, 0, 0, 255],
      [0, 255, 0, 255],
    ] as const;
    const path = join(folder, "red.png");
    const data = Uint8Array.of(255, 0, 0, 255, 0, 0, 0, 0);
    writeFileSync(path, encode({ width: 2, height: 1, data, channels: 4 }));
    const picture = { height: 2, width: 5, channels: 1, levels: 3, palette };
    const lines: string[] = [];
    const tell = (line: string) => lines.push(line);
    expect((await start(path, picture, { tell })).levels).toEqual(
      Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    );
    expect(lines).toEqual([`${path}: 2×1 put in the middle of the model's 5×2`]);
    const onGreen = await start(path, picture, { background: "#00ff00" });
    expect(onGreen.levels).toEqual(Uint8Array.of(2, 1, 2, 2, 2, 2, 2, 2, 2, 2));
  });
});
