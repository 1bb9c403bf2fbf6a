/** 65,536 levels from PNG and `.npy` files through training and drawing back to such files. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeModelFile, sample } from "@pixelcnn/core";
import { encodeNpy, parseNpy } from "@pixelcnn/core/data";
import { encodePng } from "@pixelcnn/pictures";
import { decode } from "fast-png";
import { beforeAll, describe, expect, it } from "vitest";
import { jsonLines, runHere } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const size = 64;
const count = 20;
/** Dark pictures of 300 … 2,000 of 65,535: of 8 bits nearly all of them would be 1 to 7. */
const pixels = Uint16Array.from({ length: count * size }, (_, i) => 300 + ((i * 40_503) % 1700));
const picture = (n: number) => pixels.subarray(n * size, (n + 1) * size);
const settings = [
  ...[
    "--levels",
    "65536",
    "--likelihood",
    "mixture",
    "--components",
    "2",
    "--channels",
    "4",
    "--layers",
    "1",
  ],
  ...["--steps", "3", "--samples", "2", "--backend", "wasm", "--workers", "1", "--batch-size", "4"],
];
const model = join(folder, "npy/model.safetensors");

async function ran(...words: readonly string[]) {
  const outcome = await runHere(folder, ...words);
  expect(outcome, words.join(" ")).toMatchObject({ code: 0 });
  return outcome;
}

beforeAll(async () => {
  writeFileSync(join(folder, "dark.npy"), encodeNpy({ shape: [count, 8, 8], values: pixels }));
  mkdirSync(join(folder, "dark"));
  for (let n = 0; n < count; n++) {
    const file = encodePng({ width: 8, height: 8, channels: 1, data: picture(n) });
    writeFileSync(join(folder, `dark/${String(n).padStart(2, "0")}.png`), file);
  }
  await ran("train", "--dataset", "dark.npy", "--run", "./npy", ...settings);
});

describe("65,536 levels", () => {
  it("are learned alike from a folder of PNG files and from an array", async () => {
    await ran("train", "--dataset", "./dark", "--run", "./png", ...settings);
    const [npy, png] = ["npy", "png"].map((run) =>
      decodeModelFile(readFileSync(join(folder, `${run}/model.safetensors`))),
    );
    expect(npy!.model.network.picture.levels).toBe(65_536);
    expect(png!.model.weights).toEqual(npy!.model.weights);
    const nats: number[] = [];
    for (const set of ["dark.npy", "./dark"]) {
      const words = ["--dataset", set, "--json", "--backend", "wasm"];
      const { stdout } = await ran("evaluate", "./npy/model.safetensors", ...words);
      nats.push(jsonLines(stdout).at(-1)!.nats as number);
    }
    expect(nats[0]).toBeGreaterThan(0);
    expect(nats[1]).toBe(nats[0]);
  });

  it("are drawn to arrays and to PNG files of 16 bits as the library draws them", async () => {
    const drawn = new Uint16Array(3 * size);
    const { model: read } = decodeModelFile(readFileSync(model));
    for await (const { complete, pixels: levels } of sample(read, { count: 3, seed: 5 }))
      if (complete) drawn.set(levels);
    expect(new Set(drawn).size).toBeGreaterThan(size);
    const words = [
      "generate",
      "./npy/model.safetensors",
      "--count",
      "3",
      "--seed",
      "5",
      "--sampler",
      "incremental",
    ];
    await ran(...words, "--out", "x.npy");
    const { shape, values } = parseNpy(readFileSync(join(folder, "x.npy")), "x.npy");
    expect(shape).toEqual([3, 8, 8]);
    expect(values).toEqual(drawn);
    await ran(...words, "--columns", "3", "--scale", "1", "--out", "x.png");
    const sheet = decode(readFileSync(join(folder, "x.png")));
    expect(sheet).toMatchObject({ depth: 16, width: 3 * 8 + 4, height: 10 });
    drawn.forEach((level, i) => {
      const [y, x] = [Math.floor((i % size) / 8), i % 8];
      expect(sheet.data[(1 + y) * sheet.width + 1 + 9 * Math.floor(i / size) + x]).toBe(level);
    });
  });

  it("of a given picture are kept, and so are those of a set that is shown", async () => {
    const words = [
      "generate",
      "./npy/model.safetensors",
      "--count",
      "1",
      "--complete",
      "dark/07.png",
      "--rows",
      "5",
    ];
    await ran(...words, "--out", "kept.npy");
    const { values } = parseNpy(readFileSync(join(folder, "kept.npy")), "kept.npy");
    expect(values.slice(0, 40)).toEqual(picture(7).slice(0, 40));
    await ran(
      "datasets",
      "show",
      "dark.npy",
      "--split",
      "train",
      "--columns",
      "1",
      "--rows",
      "1",
      "--scale",
      "1",
      "--out",
      "s.png",
    );
    const sheet = decode(readFileSync(join(folder, "s.png")));
    expect(sheet.data.slice(11, 19)).toEqual(picture(0).slice(0, 8));
  });

  it("that a set does not have are refused in one line", async () => {
    const bytes = Uint8Array.from(pixels, (value) => value >> 8);
    writeFileSync(join(folder, "bytes.npy"), encodeNpy({ shape: [count, 8, 8], values: bytes }));
    const { code, stderr } = await runHere(folder, "train", "--dataset", "bytes.npy", ...settings);
    expect(code).toBe(1);
    expect(stderr).toMatch(/bytes has 256 levels, too few for a model of 65536/);
  });
});
