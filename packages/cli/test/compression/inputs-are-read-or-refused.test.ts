/** What `compress` reads of files, with the file's name before whatever is wrong with it. */
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { buildPreset, type Palette } from "@pixelcnn/core";
import { encodeNpy } from "@pixelcnn/core/data";
import { encode } from "fast-png";
import { zipSync } from "fflate";
import sharp from "sharp";
import { beforeAll, expect, it, vi } from "vitest";
import { picturesForModel } from "../../src/compression/pictures-for-model.ts";
import { readInput } from "../../src/compression/read-input.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const shape = { height: 8, width: 8, channels: 1, levels: 4 };
const palette: Palette = Array.from({ length: 4 }, (_, i) => [i, 0, 0, 255]);
const networks = {
  grey: buildPreset("naive", { picture: shape, channels: 2, layers: 1 }),
  classes: buildPreset("gated", { picture: shape, channels: 2, layers: 1, classes: 10 }),
  colours: buildPreset("naive", { picture: { ...shape, palette }, channels: 2, layers: 1 }),
};
const png = (data: Uint8Array) => encode({ width: 8, height: 8, channels: 1, data });
const still = png(Uint8Array.from({ length: 64 }, (_, i) => 85 * (i % 4)));
/** Says that three frames follow. */
const control = [0, 0, 0, 8, ...new TextEncoder().encode("acTL"), 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0];

beforeAll(async () => {
  mkdirSync(at("depths"));
  writeFileSync(at("depths/a.png"), still);
  writeFileSync(at("depths/b.png"), png(Uint8Array.from({ length: 64 }, (_, i) => i)));
  writeFileSync(at("moving.png"), Buffer.from([...still.subarray(0, 33), ...control, ...still.subarray(33)]));
  const frames = await Promise.all(
    ["red", "blue"].map((background) =>
      sharp({ create: { width: 8, height: 8, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  writeFileSync(
    at("moving.gif"),
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer(),
  );
  for (const name of ["a", "b"]) {
    mkdirSync(at(`two-classes/${name}`), { recursive: true });
    writeFileSync(at(`two-classes/${name}/1.png`), still);
  }
  const pictures = encodeNpy({ shape: [2, 8, 8], values: new Uint8Array(128) });
  const labels = encodeNpy({ shape: [2], values: Uint8Array.of(3, 10) });
  for (const name of ["huge.npy", "huge.npz", "huge.png"]) {
    writeFileSync(at(name), "");
    truncateSync(at(name), 2 ** 31); // takes no room
  }
  writeFileSync(at("strange.npz"), zipSync({ "pictures.npy": pictures, "labels.npy": labels }));
  writeFileSync(at("short.npz"), zipSync({ "pictures.npy": pictures, "labels.npy": labels.slice(0, -1) }));
  writeFileSync(at("other.npz"), zipSync({ "a.npy": pictures, "b.npy": labels }));
});

it.each<[file: string, model: keyof typeof networks, line: string]>([
  ["depths", "grey", `${at("depths/b.png")}: expected values that 4 levels show, got 1 of 256`],
  ["moving.png", "grey", `${at("moving.png")}: expected one picture, got 3 pages`],
  ["moving.gif", "grey", `${at("moving.gif")}: expected one picture, got 2 pages`],
  ["moving.gif", "colours", `${at("moving.gif")}: expected one picture, got 2 pages`],
  [
    "two-classes",
    "classes",
    `${at("two-classes")}: expected 10 folders, one for each class of the model, got 2`,
  ],
  [
    "strange.npz",
    "classes",
    `${at("strange.npz")}: expected labels from 0 to 9, one for each of 2 pictures, got 10`,
  ],
  ["short.npz", "classes", `${at("short.npz")}`],
  ["other.npz", "grey", `${at("other.npz")}: expected arrays called pictures and labels, got a, b`],
  ...["huge.npy", "huge.npz", "huge.png"].map((name): [string, "grey", string] => [
    name,
    "grey",
    `${at(name)}: expected at most 1073741824 bytes, got 2147483648; save less in one file`,
  ]),
])("%s for a model of %s is refused", async (file, name, line) => {
  const { picture, classes } = networks[name];
  const read = async () => picturesForModel(await readInput(at(file), picture, classes), networks[name]);
  await expect(read()).rejects.toThrow(line);
});

it("folders of classes are only folders for a model without", async () => {
  const input = await readInput(at("two-classes"), shape, 0);
  expect(input).toMatchObject({
    count: 2,
    labels: null,
    names: [at("two-classes/a/1.png"), at("two-classes/b/1.png")],
  });
  const labelled = await readInput(at("two-classes"), shape, 2);
  expect(labelled.labels).toEqual([0, 1]);
});

it("a folder of more pictures of a class than a call has arguments is read from its first one on", async () => {
  mkdirSync(at("crowded/all"), { recursive: true });
  writeFileSync(at("crowded/all/0.png"), "none");
  const names = Array.from({ length: 200_000 }, (_, i) => `${i}.png`);
  const { readdir } = fs;
  const listing = vi
    .spyOn(fs, "readdir")
    .mockImplementation(((path: string) =>
      path === at("crowded/all") ? Promise.resolve(names) : readdir(path)) as typeof readdir);
  syncBuiltinESMExports();
  try {
    await expect(readInput(at("crowded"), shape, 1)).rejects.toThrow(`${at("crowded/all/0.png")}: expected`);
  } finally {
    listing.mockRestore();
    syncBuiltinESMExports();
  }
});
