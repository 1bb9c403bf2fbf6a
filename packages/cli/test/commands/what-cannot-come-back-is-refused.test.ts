/** `compress` and `decompress` of what would not come back, or is no such file: one line says so, and nothing is written. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeNpy } from "@pixelcnn/core/data";
import { encode } from "fast-png";
import { beforeAll, describe, expect, it } from "vitest";
import { noise, writeCompressionModels } from "../support/compression-models.ts";
import { runHere } from "../support/pixelcnn.ts";
import { listing, temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const run = (...words: string[]) => runHere(folder, ...words);
writeCompressionModels(folder);

describe("one line, and nothing written", () => {
  const model = ["--model-file", "classless.safetensors"];
  const png = (width: number, height: number, channels: number, most: number) =>
    encode({ width, height, channels, data: Uint8Array.from(noise(width * height * channels, most)) });
  const even = (length: number) => Uint8Array.from(noise(length, 4), (level) => 85 * level);

  beforeAll(async () => {
    writeFileSync(at("text.png"), "text");
    writeFileSync(at("good.png"), encode({ width: 8, height: 8, channels: 1, data: even(64) }));
    writeFileSync(at("many.png"), png(8, 8, 1, 256));
    writeFileSync(at("many.npy"), encodeNpy({ shape: [8, 8], values: Uint8Array.from(noise(64, 256)) }));
    writeFileSync(at("line.npy"), encodeNpy({ shape: [64], values: even(64) }));
    writeFileSync(at("none.npy"), encodeNpy({ shape: [0, 8, 8], values: new Uint8Array() }));
    writeFileSync(at("two.npy"), encodeNpy({ shape: [2, 8, 8], values: Uint8Array.from(noise(128, 4)) }));
    writeFileSync(at("large.png"), encode({ width: 8, height: 9, channels: 1, data: even(72) }));
    writeFileSync(at("colour.png"), png(8, 8, 3, 256));
    mkdirSync(at("mixed"), { recursive: true });
    writeFileSync(at("mixed/notes.txt"), "notes");
    mkdirSync(at("sizes"), { recursive: true });
    cpSync(at("good.png"), at("sizes/a.png"));
    cpSync(at("large.png"), at("sizes/b.png"));
    mkdirSync(at("noise"), { recursive: true });
    for (const name of ["a", "b"]) cpSync(at("good.png"), at(`noise/${name}.png`));
    cpSync(at("good.png"), at("two.png"));
    cpSync(at("noise"), at("good"), { recursive: true });
    await run("compress", "noise", ...model);
    await run("compress", "good.png", ...model, "--out", "good.pxc");
    await run("compress", "two.npy", ...model, "--out", "two.pxc");
    const good = readFileSync(at("good.pxc"));
    writeFileSync(at("cut.pxc"), good.subarray(0, -3));
    good[Math.floor(good.length / 2)]! ^= 1;
    writeFileSync(at("flipped.pxc"), good);
  });

  it.each<[name: string, words: string[], line: string]>([
    [
      "nothing there",
      ["compress", "nowhere", ...model],
      "expected a picture, a folder of pictures or a .npy or .npz file at",
    ],
    ["no picture", ["compress", "text.png", ...model], `${at("text.png")}: expected a sound picture`],
    [
      "more levels",
      ["compress", "many.png", ...model],
      `${at("many.png")}: expected values that 4 levels show, got 14 of 256`,
    ],
    [
      "more levels in an array",
      ["compress", "many.npy", ...model],
      `${at("many.npy")}: expected numbers from 0 to 3, the model's levels`,
    ],
    [
      "another shape",
      ["compress", "line.npy", ...model],
      `${at("line.npy")}: expected an array [N, H, W] of pictures`,
    ],
    [
      "an array of none",
      ["compress", "none.npy", ...model],
      `${at("none.npy")}: expected pictures, got an array [0,8,8] of none; put one in`,
    ],
    [
      "another size",
      ["compress", "large.png", ...model],
      `${at("large.png")}: expected pictures of 8×8, as the model models them, got 8×9`,
    ],
    [
      "colour",
      ["compress", "colour.png", ...model],
      `${at("colour.png")}: expected pictures without colour, as the model's are, got colour`,
    ],
    [
      "other files",
      ["compress", "mixed", ...model],
      `${at("mixed")}: expected pictures and nothing else, got notes.txt`,
    ],
    [
      "other sizes",
      ["compress", "sizes", ...model],
      `${at("sizes/b.png")}: expected 8×8 pixels as a.png has, got 8×9`,
    ],
    [
      "a class too high",
      ["compress", "good.png", "--model-file", "tiny.safetensors", "--class", "10", "--out", "x.pxc"],
      "expected a class label from 0 to 9",
    ],
    [
      "a class of none",
      ["compress", "good.png", ...model, "--class", "1", "--out", "x.pxc"],
      "expected no class label",
    ],
    [
      "a file that lies where nobody asked for one",
      ["compress", "two.png", ...model],
      `expected no file at ${at("two.pxc")} yet, got one, which may hold other pictures; name --out`,
    ],
    [
      "one that a folder would go to",
      ["compress", "good", ...model],
      `expected no file at ${at("good.pxc")} yet, got one`,
    ],
    [
      "another model",
      ["decompress", "good.pxc", "--model-file", "tiny.safetensors", "--out", "x.png"],
      `${at("good.pxc")}: expected the model`,
    ],
    ["a model without a name", ["decompress", "good.pxc"], `${at("good.pxc")}: expected the model`],
    [
      "a picture that lies where nobody asked for one",
      ["decompress", "good.pxc", ...model],
      `expected no file at ${at("good.png")} yet, got one, which may be what was compressed; name --out`,
    ],
    [
      "a picture as another kind of file",
      ["decompress", "good.pxc", ...model, "--out", "back.jpg"],
      '--out: expected a name that ends in .png, .npy or .npz, or a folder, got "back.jpg"',
    ],
    [
      "two pictures to standard output",
      ["decompress", "noise.pxc", ...model, "--out", "-"],
      "--out: expected a folder or a .npy file for 2 pictures, got standard output",
    ],
    [
      "a cut file",
      ["decompress", "cut.pxc", ...model],
      `${at("cut.pxc")}: expected a file of the checksum that it ends with`,
    ],
    [
      "a flipped byte",
      ["decompress", "flipped.pxc", ...model],
      `${at("flipped.pxc")}: expected a file of the checksum`,
    ],
    [
      "another kind of file",
      ["decompress", "good.png", ...model],
      `${at("good.png")}: expected a .pxc file, got another kind`,
    ],
    ["no file", ["decompress", "mixed", ...model], `expected a .pxc file at ${at("mixed")}, found a folder`],
    [
      "one PNG for two",
      ["decompress", "two.pxc", ...model, "--out", "x.png"],
      "--out: expected a folder or a .npy file for 2",
    ],
    [
      "a folder with files",
      ["decompress", "two.pxc", ...model, "--out", "mixed"],
      "--out: expected an empty folder",
    ],
  ])("%s", async (_, words, line) => {
    const before = listing(folder);
    const { code, stdout, stderr } = await run(...words);
    expect(stderr.slice(0, line.length)).toBe(line);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(listing(folder)).toEqual(before);
  });
});
