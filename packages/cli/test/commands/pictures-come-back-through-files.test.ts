/** `compress` and `decompress`: what comes out is what went in. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeNpy, parseNpy } from "@pixelcnn/core/data";
import { npzArrays, readPixels } from "@pixelcnn/datasets/files";
import { encodePng } from "@pixelcnn/pictures";
import { decode, encode } from "fast-png";
import { zipSync } from "fflate";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { noise, writeCompressionModels } from "../support/compression-models.ts";
import { jsonLines, runCli, runHere } from "../support/pixelcnn.ts";
import { listing, temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const run = (...words: string[]) => runHere(folder, ...words);

const palette = writeCompressionModels(folder);

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

  it("in processes of their own, to standard output, and back by a model that is found by itself", async () => {
    const levels = Uint8Array.from({ length: 256 }, (_, i) => [0, 85, 170, 255][(i >> 4) % 4]!);
    writeFileSync(at("glyph.png"), encode({ width: 16, height: 16, channels: 1, data: levels }));
    const packed = await runCli(folder, "compress", "glyph.png", "--class", "3", "--out", "-");
    expect(packed).toMatchObject({ code: 0, stderr: "" });
    writeFileSync(at("glyph.pxc"), packed.bytes);
    const back = await runCli(folder, "decompress", "glyph.pxc", "--out", "again.png", "--json");
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

  it("in an archive, which comes back byte by byte without a name, and is told of where it cannot", async () => {
    const { code } = await run("generate", "tiny.safetensors", "--count", "3", "--out", "drawn.npz");
    expect(code).toBe(0);
    const drawn = readFileSync(at("drawn.npz"));
    await run("compress", "drawn.npz", ...model);
    rmSync(at("drawn.npz"));
    const back = await run("decompress", "drawn.pxc", ...model, "--json");
    expect(jsonLines(back.stdout)).toMatchObject([{ out: at("drawn.npz") }]);
    expect(readFileSync(at("drawn.npz"))).toEqual(drawn);
    const piped = await run("decompress", "drawn.pxc", ...model, "--out", "-");
    expect(piped.bytes).toEqual(drawn);
    const bare = await run("decompress", "drawn.pxc", ...model, "--out", "drawn.npy");
    expect(bare.stdout).toContain("their labels are not in it");
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
