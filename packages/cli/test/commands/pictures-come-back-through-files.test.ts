/** `compress` and `decompress`: what comes out is what went in, or one line says why nothing did. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeModelFile, type LikelihoodChoice, local, type Palette } from "@pixelcnn/core";
import { encodeNpy, parseNpy } from "@pixelcnn/core/data";
import { npzArrays, readPixels } from "@pixelcnn/datasets/files";
import { encodePng } from "@pixelcnn/pictures";
import { decode, encode } from "fast-png";
import { zipSync } from "fflate";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { jsonLines, pixelcnn, runCli } from "../support/pixelcnn.ts";
import { listing, temporaryFolder } from "../support/temporary-folder.ts";
import { randomModel, writeTinyModel } from "../support/tiny-model.ts";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const run = (...words: string[]) => runCli(folder, ...words);

/** Models of a window, for pictures of any size. */
function writeLocal(name: string, channels: number, levels: number, palette?: Palette): void {
  const likelihood: LikelihoodChoice | undefined = palette ? undefined : { kind: "mixture", components: 2 };
  const picture = { height: 8, width: 8, channels, levels, ...(palette && { palette }) };
  const network = local({
    picture,
    channels: 6,
    layers: 1,
    window: 3,
    ...(likelihood && { likelihood }),
    ...(palette && { embedding: 3 }),
  });
  const provenance = { dataset: "folder", command: "train", date: "2024-01-01", steps: 1, trainNats: null };
  writeFileSync(
    at(name),
    encodeModelFile({
      model: randomModel(network),
      preparation: { levels, binarise: null },
      provenance: { ...provenance, validation: null, test: null },
    }),
  );
}

writeTinyModel(at("tiny.safetensors"));
writeTinyModel(at("classless.safetensors"), { classes: 0 });
writeLocal("grey.safetensors", 1, 256);
writeLocal("colour.safetensors", 3, 256);
writeLocal("deep.safetensors", 3, 65_536);
writeLocal("deep-grey.safetensors", 1, 65_536);
const palette = Array.from({ length: 12 }, (_, i) => [20 * i, 255 - i, (i * 97) % 256, i ? 255 : 0] as const);
writeLocal("palette.safetensors", 1, 12, palette);

const noise = (length: number, most: number) =>
  Array.from({ length }, (_, i) => (i * i * 7919 + i * 31) % most);

/** Every pixel of a file, as fast-png or sharp reads it. */
const pixelsOf = (path: string) => readPixels(path, path);

describe("one picture", () => {
  const shape = { width: 13, height: 9 };
  it.each([
    ["grey", 1, 8, "grey"],
    ["grey with alpha", 2, 8, "grey"],
    ["RGB", 3, 8, "colour"],
    ["RGB with alpha", 4, 8, "colour"],
    ["grey of 16 bits, by a model of colour", 1, 16, "deep"],
    ["RGB of 16 bits with alpha", 4, 16, "deep"],
  ])("%s", async (name, channels, depth, model) => {
    const numbers = noise(13 * 9 * channels, 2 ** depth);
    const data = depth === 8 ? Uint8Array.from(numbers) : Uint16Array.from(numbers);
    const file = `${name}.png`;
    writeFileSync(at(file), encode({ ...shape, channels, depth: depth as 8 | 16, data }));
    const packed = await run("compress", file, "--model-file", `${model}.safetensors`, "--json");
    expect(packed).toMatchObject({ code: 0, stderr: "" });
    expect(jsonLines(packed.stdout)).toMatchObject([{ pictures: 1, out: at(`${name}.pxc`) }]);
    const back = await run(
      "decompress",
      `${name}.pxc`,
      "--model-file",
      `${model}.safetensors`,
      "--out",
      "back.png",
    );
    expect(back).toMatchObject({ code: 0, stderr: "" });
    expect(await pixelsOf(at("back.png"))).toEqual(await pixelsOf(at(file)));
  });

  it("of few colours, by a palette", async () => {
    const data = Uint8Array.from(noise(13 * 9 * 3, 2), (bit) => 200 * bit);
    const raw = { raw: { ...shape, channels: 3 } } as const;
    writeFileSync(at("few.png"), await sharp(data, raw).png({ palette: true }).toBuffer());
    await run("compress", "few.png", "--model-file", "colour.safetensors");
    await run("decompress", "few.pxc", "--model-file", "colour.safetensors", "--out", "few-back.png");
    expect(await pixelsOf(at("few-back.png"))).toEqual(await pixelsOf(at("few.png")));
  });

  it("through pnpm, to standard output, and back by a model that is found by itself", async () => {
    const levels = Uint8Array.from({ length: 256 }, (_, i) => [0, 85, 170, 255][(i >> 4) % 4]!);
    writeFileSync(at("glyph.png"), encode({ width: 16, height: 16, channels: 1, data: levels }));
    const packed = await pixelcnn(folder, "compress", "glyph.png", "--class", "3", "--out", "-");
    expect(packed).toMatchObject({ code: 0, stderr: "" });
    writeFileSync(at("glyph.pxc"), packed.bytes);
    const back = await pixelcnn(folder, "decompress", "glyph.pxc", "--out", "again.png", "--json");
    expect(jsonLines(back.stdout)).toMatchObject([{ pictures: 1, labels: [3], out: at("again.png") }]);
    expect(await pixelsOf(at("again.png"))).toEqual(await pixelsOf(at("glyph.png")));
  });
});

it("a folder, in the order of its names, of which each has the class that makes it smallest", async () => {
  mkdirSync(at("pictures"));
  for (const name of ["b", "a", "c"]) {
    const data = Uint8Array.from(noise(64, 4), (level) => 85 * ((level + name.charCodeAt(0)) % 4));
    writeFileSync(at(`pictures/${name}.png`), encode({ width: 8, height: 8, channels: 1, data }));
  }
  const model = ["--model-file", "tiny.safetensors"];
  const best = await run("compress", "pictures", ...model, "--json");
  const [{ bytes }] = jsonLines(best.stdout) as [{ bytes: number }];
  for (const label of ["0", "7"]) {
    const one = await run("compress", "pictures", ...model, "--class", label, "--out", "one.pxc", "--json");
    expect(bytes).toBeLessThanOrEqual(1 + (jsonLines(one.stdout) as [{ bytes: number }])[0].bytes);
  }
  expect(await run("decompress", "pictures.pxc", ...model, "--out", "again")).toMatchObject({
    code: 0,
    stderr: "",
  });
  expect(listing(at("again"))).toEqual(["1.png", "2.png", "3.png"]);
  for (const [i, name] of ["a", "b", "c"].entries()) {
    expect(await pixelsOf(at(`again/${i + 1}.png`))).toEqual(await pixelsOf(at(`pictures/${name}.png`)));
  }
});

it("an array of levels, and one of 16 bits", async () => {
  const levels = Uint8Array.from(noise(3 * 64, 4));
  writeFileSync(at("levels.npy"), encodeNpy({ shape: [3, 8, 8], values: levels }));
  await run("compress", "levels.npy", "--model-file", "classless.safetensors");
  await run("decompress", "levels.pxc", "--model-file", "classless.safetensors", "--out", "levels-back.npy");
  expect(readFileSync(at("levels-back.npy"))).toEqual(readFileSync(at("levels.npy")));

  // The same with a side of one channel.
  writeFileSync(at("levels.npy"), encodeNpy({ shape: [3, 8, 8, 1], values: levels }));
  const single = await run(
    "compress",
    "levels.npy",
    "--model-file",
    "classless.safetensors",
    "--out",
    "single.pxc",
  );
  expect(single.code).toBe(0);
  expect(readFileSync(at("single.pxc"))).toEqual(readFileSync(at("levels.pxc")));

  const deep = encodeNpy({ shape: [2, 5, 4, 3], values: Uint16Array.from(noise(120, 65_536)) });
  writeFileSync(at("deep.npy"), deep);
  await run("compress", "deep.npy", "--model-file", "deep.safetensors");
  await run("decompress", "deep.pxc", "--model-file", "deep.safetensors", "--out", "deep-back.npy");
  expect(readFileSync(at("deep-back.npy"))).toEqual(Buffer.from(deep));
});

describe("labels are read where they stand", () => {
  const model = ["--model-file", "tiny.safetensors"];
  const pictures = Uint8Array.from(noise(3 * 64, 4));
  const labels = [7, 0, 7];

  it("in an archive, and go back to one", async () => {
    const arrays = {
      "pictures.npy": encodeNpy({ shape: [3, 8, 8], values: pictures }),
      "labels.npy": encodeNpy({ shape: [3], values: Uint8Array.from(labels) }),
    };
    writeFileSync(at("labelled.npz"), zipSync(arrays));
    expect(await run("compress", "labelled.npz", ...model)).toMatchObject({ code: 0, stderr: "" });
    const back = await run("decompress", "labelled.pxc", ...model, "--out", "labels-back.npz", "--json");
    expect(jsonLines(back.stdout)).toMatchObject([{ labels, out: at("labels-back.npz") }]);
    const kept = npzArrays(readFileSync(at("labels-back.npz")), "labels-back.npz", 1e6);
    expect(kept.get("pictures")).toEqual({ shape: [3, 8, 8], values: pictures });
    expect([...kept.get("labels")!.values]).toEqual(labels);
  });

  it("in the names of class folders, empty ones among them", async () => {
    for (let label = 0; label < 10; label++) mkdirSync(at(`classes/class-${label}`), { recursive: true });
    for (const [i, label] of [0, 7, 7].entries()) {
      const data = pictures.slice(64 * i, 64 * (i + 1)).map((level) => 85 * level);
      writeFileSync(
        at(`classes/class-${label}/${i}.png`),
        encode({ width: 8, height: 8, channels: 1, data }),
      );
    }
    await run("compress", "classes", ...model, "--out", "classes.pxc");
    const back = await run("decompress", "classes.pxc", ...model, "--out", "classes-back", "--json");
    expect(jsonLines(back.stdout)).toMatchObject([{ labels: [0, 7, 7] }]);
    expect(await pixelsOf(at("classes-back/2.png"))).toEqual(await pixelsOf(at("classes/class-7/1.png")));
    // Of a class that is named, or a model without any, folders are only folders.
    await run("compress", "classes", ...model, "--class", "4", "--out", "fours.pxc");
    const fours = await run("decompress", "fours.pxc", ...model, "--out", "fours", "--json");
    expect(jsonLines(fours.stdout)).toMatchObject([{ labels: [4, 4, 4] }]);
  });
});

describe("a window's model of few weights", () => {
  it("keeps an indexed sheet of sprites, colours and all", async () => {
    const data = Uint8Array.from({ length: 64 * 64 }, (_, i) => ((i >> 2) + (i >> 8)) % 12);
    writeFileSync(at("sheet.png"), encodePng({ width: 64, height: 64, channels: 1, data, palette }));
    const model = ["--model-file", "palette.safetensors"];
    expect(await run("compress", "sheet.png", ...model)).toMatchObject({ code: 0, stderr: "" });
    await run("decompress", "sheet.pxc", ...model, "--out", "sheet-back.png");
    const [was, is] = ["sheet.png", "sheet-back.png"].map((name) => decode(readFileSync(at(name))));
    expect([is!.palette, is!.data]).toEqual([was!.palette, was!.data]);
    expect(is).toMatchObject({ width: 64, height: 64, depth: 8 });
  });

  it("shows an array's numbers in the colours that they mean", async () => {
    const values = Uint8Array.from(noise(2 * 64, 12));
    writeFileSync(at("numbers.npy"), encodeNpy({ shape: [2, 8, 8], values }));
    const model = ["--model-file", "palette.safetensors"];
    await run("compress", "numbers.npy", ...model);
    await run("decompress", "numbers.pxc", ...model, "--out", "numbers");
    const { palette: colours, data } = decode(readFileSync(at("numbers/1.png")));
    expect(colours).toEqual(palette);
    expect(data).toEqual(values.slice(0, 64));
  });

  it("keeps a grey picture of 16 bits, to standard output too, and one of 8 bits widened", async () => {
    const model = ["--model-file", "deep-grey.safetensors"];
    const data = Uint16Array.from(noise(20 * 9, 65_536));
    writeFileSync(at("grey16.png"), encode({ width: 20, height: 9, channels: 1, depth: 16, data }));
    expect(await run("compress", "grey16.png", ...model)).toMatchObject({ code: 0, stderr: "" });
    const back = await run("decompress", "grey16.pxc", ...model, "--out", "-", "--json");
    expect(decode(back.bytes)).toMatchObject({ width: 20, height: 9, channels: 1, depth: 16, data });

    const bytes = Uint8Array.from(noise(20 * 9, 256));
    writeFileSync(at("grey8.png"), encode({ width: 20, height: 9, channels: 1, data: bytes }));
    expect(await run("compress", "grey8.png", ...model)).toMatchObject({ code: 0, stderr: "" });
    await run("decompress", "grey8.pxc", ...model, "--out", "grey8-back.png");
    expect(decode(readFileSync(at("grey8-back.png")))).toMatchObject({
      depth: 16,
      data: Uint16Array.from(bytes, (byte) => 257 * byte),
    });
  });

  it("writes an array to standard output", async () => {
    const values = Uint8Array.from(noise(64, 4));
    writeFileSync(at("piped.npy"), encodeNpy({ shape: [1, 8, 8], values }));
    const model = ["--model-file", "classless.safetensors"];
    await run("compress", "piped.npy", ...model);
    const { bytes } = await run("decompress", "piped.pxc", ...model, "--out", "-");
    expect(parseNpy(Uint8Array.from(bytes), "piped")).toEqual({ shape: [1, 8, 8], values });
  });
});

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
      ["compress", "good.png", "--model-file", "tiny.safetensors", "--class", "10"],
      "expected a class label from 0 to 9",
    ],
    ["a class of none", ["compress", "good.png", ...model, "--class", "1"], "expected no class label"],
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
    ["no file", ["decompress", "mixed", ...model], `expected a .pxc file at ${at("mixed")}, found none`],
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
