/** From a folder of sprites to samples and back, in twelve colours and no other; and codes, which have none. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Palette } from "@pixelcnn/core";
import { encodeNpy, parseNpy, SPRITE_PALETTE, spritesDataset } from "@pixelcnn/core/data";
import { encodePng } from "@pixelcnn/pictures";
import { decode } from "fast-png";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { runCli, runHere } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const LONG_MS = 240_000;
const folder = temporaryFolder();
const small = "--channels 16 --layers 1 --samples 4 --batch-size 8 --workers 1 --json".split(" ");

/** Sprites of every head in a folder of its name, as indexed PNG files. */
function writeSprites(to: string): void {
  const { train, classNames } = spritesDataset();
  const data = new Uint8Array(256);
  for (let i = 0; i < 160; i++) {
    const head = classNames![train.read(i, data, 0)]!;
    mkdirSync(join(to, head), { recursive: true });
    const picture = { width: 16, height: 16, channels: 1, palette: SPRITE_PALETTE };
    writeFileSync(join(to, head, `${i}.png`), encodePng({ ...picture, data: data.slice() }));
  }
}

/** The colours of an indexed PNG file without those of no pixel, and its bytes. */
function coloursOf(file: string) {
  const { palette, data, depth } = decode(readFileSync(file), { checkCrc: true });
  expect(depth).toBe(8);
  return { palette: palette as unknown as Palette, used: new Set(data) };
}

async function run(...words: string[]) {
  const result = await runHere(folder, ...words);
  expect(result.stderr).toBe("");
  expect(result.code).toBe(0);
  return result.stdout;
}

describe(
  "a folder of indexed PNG files",
  () => {
    beforeAll(async () => {
      writeSprites(join(folder, "art"));
      const length = ["--steps", "60", "--average-decay", "0.8", "--learning-rate", "0.02"];
      const words = [...length, "--run", "./run", ...small];
      const { code, stderr, stdout } = await runCli(folder, "train", "--dataset", "./art", ...words);
      expect(stderr).toBe(
        "pictures of art: indexed, so read as numbers of 12 colours (--palette no reads amounts of light)\n",
      );
      expect(code).toBe(0);
      const events = stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      const { test } = events.filter((event) => event.type === "evaluation").at(-1);
      // Twelve colours drawn evenly take 3.58 bits.
      expect(test.bitsPerDim).toBeLessThan(2);
    }, LONG_MS);

    it("trains a model of its colours, which describe tells and the run keeps", async () => {
      const config = JSON.parse(readFileSync(join(folder, "run", "config.json"), "utf8"));
      expect(config).toMatchObject({ palette: "yes", levels: 12, size: "16x16" });
      expect(config).not.toHaveProperty("grey");
      const { picture, classes } = JSON.parse(await run("describe", "./run/model.safetensors", "--json"));
      expect(picture).toMatchObject({ levels: 12, palette: SPRITE_PALETTE });
      expect(classes).toBe(4);
      expect(await run("describe", "./run/model.safetensors")).toMatch(/colours +#00000000 #222034 /);
    });

    it("whose samples are indexed PNG files of exactly its palette, and a GIF of it", async () => {
      const model = ["--model-file", "./run/model.safetensors", "--count", "8", "--quiet"];
      await run("generate", ...model, "--out", "sheet.png", "--animate", "sheet.gif", "--scale", "1");
      const { palette, used } = coloursOf(join(folder, "sheet.png"));
      expect(palette).toEqual([...SPRITE_PALETTE, [64, 64, 64, 255]]);
      expect(used.size).toBeGreaterThan(6);
      await run("generate", ...model, "--out", "levels.npy");
      const { shape, values } = parseNpy(readFileSync(join(folder, "levels.npy")), "levels.npy");
      expect(shape).toEqual([8, 16, 16]);
      expect(Math.max(...values)).toBeLessThan(12);
      const gif = sharp(join(folder, "sheet.gif"), { pages: -1 });
      const { data } = await gif.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
      const shown = new Set<string>();
      for (let i = 0; i < data.length; i += 4)
        shown.add(data[i + 3] === 0 ? "" : data.subarray(i, i + 3).join());
      const allowed = new Set(["", ...palette.slice(1).map((colour) => colour.slice(0, 3).join())]);
      expect([...shown].filter((colour) => !allowed.has(colour))).toEqual([]);
      const samples = join(folder, "run", "samples");
      const sampled = coloursOf(join(samples, readdirSync(samples).at(-1)!));
      expect(sampled.palette).toEqual(palette);
      expect(await run("generate", ...model, "--ascii")).toMatch(/[.:=+*#%@]/);
    });

    it("and which evaluate, show and completion know", async () => {
      const { bitsPerDim } = JSON.parse(await run("evaluate", "./run/model.safetensors", "--json"));
      expect(bitsPerDim).toBeLessThan(2);
      const show = await run("datasets", "show", "sprites", "--columns", "3", "--out", "show.png");
      expect(show).toContain("768 pictures of 16×16, 12 colours: ");
      expect(show).toContain("rows: folk, robot, ghost, beast");
      expect(coloursOf(join(folder, "show.png")).palette.slice(0, 12)).toEqual(SPRITE_PALETTE);
      const completing = ["--complete", "./art/robot/1.png", "--rows", "9", "--count", "2", "--out", "c.npy"];
      await run("generate", "--model-file", "./run/model.safetensors", ...completing, "--quiet");
      const { values } = parseNpy(readFileSync(join(folder, "c.npy")), "c.npy");
      const { data } = decode(readFileSync(join(folder, "art/robot/1.png")));
      expect([...values.subarray(0, 144)]).toEqual([...data.subarray(0, 144)]);
      const other = await runHere(folder, "evaluate", "./run/model.safetensors", "--dataset", "glyphs");
      expect(other.stderr).toBe(
        "the model takes numbers of 12 colours, but glyphs has amounts of light; choose another set, or another model\n",
      );
      const words = "train --dataset sprites --levels 4 --run ./no".split(" ");
      const rounded = await runHere(folder, ...words);
      expect(rounded.stderr).toMatch(/^sprites has 12 levels that are colours without an order, got 4, /);
    });

    it("and which come back from a .pxc file as they were, colours and all, or are refused", async () => {
      const model = ["--model-file", "./run/model.safetensors"];
      await run("compress", "./art/folk", ...model, "--class", "0", "--out", "folk.pxc", "--quiet");
      await run("decompress", "folk.pxc", ...model, "--out", "back", "--quiet");
      const names = readdirSync(join(folder, "art/folk")).sort();
      const sizes = names.map((name) => readFileSync(join(folder, "art/folk", name)).length);
      const stored = sizes.reduce((sum, size) => sum + size, 0);
      expect(readFileSync(join(folder, "folk.pxc")).length).toBeLessThan(stored / 2);
      for (const [i, name] of names.entries()) {
        const numbered = `${String(i + 1).padStart(2, "0")}.png`;
        const [was, is] = [join("art/folk", name), join("back", numbered)].map((file) =>
          decode(readFileSync(join(folder, file))),
        );
        expect([is!.palette, is!.data]).toEqual([was!.palette, was!.data]);
      }
      const strange = encodePng({ width: 16, height: 16, channels: 3, data: new Uint8Array(768).fill(99) });
      writeFileSync(join(folder, "strange.png"), strange);
      const refused = await runHere(folder, "compress", "strange.png", ...model);
      expect(refused.stderr).toBe(
        `${join(folder, "strange.png")}: expected the 12 colours of the model, got #636363; choose another model\n`,
      );
    });
  },
  LONG_MS,
);

it(
  "codes are drawn as codes, trained with as many levels as they are",
  async () => {
    const codes = Uint16Array.from({ length: 40 * 16 }, (_, i) => (i * 31) % 50);
    writeFileSync(join(folder, "book.npy"), encodeNpy({ shape: [40, 4, 4], values: codes }));
    const words = ["--levels", "64", "--steps", "4", "--run", "./codes", ...small];
    await run("train", "--dataset", "codes:book.npy", ...words);
    expect(JSON.parse(readFileSync(join(folder, "codes", "config.json"), "utf8")).levels).toBe(64);
    await run("evaluate", "./codes/model.safetensors", "--json");
    const drawn = ["--count", "3", "--out", "drawn.npy", "--quiet"];
    await run("generate", "--model-file", "./codes/model.safetensors", ...drawn);
    const { shape, values } = parseNpy(readFileSync(join(folder, "drawn.npy")), "drawn.npy");
    expect(shape).toEqual([3, 4, 4]);
    expect(Math.max(...values)).toBeLessThan(64);
    expect(await run("datasets", "show", "codes:book.npy", "--out", "codes.png")).toContain("50 codes");
    expect(await run("describe", "./codes")).toMatch(/, 64 codes\nlevels +looked up in a table, 16 numbers/);
    const completed = ["--complete", "drawn.npy", "--rows", "2", "--out", "completed.npy", "--quiet"];
    await run("generate", "./codes", "--count", "1", "--seed", "9", ...completed);
    const again = parseNpy(readFileSync(join(folder, "completed.npy")), "completed.npy").values;
    expect(again.slice(0, 8)).toEqual(values.slice(0, 8));
  },
  LONG_MS,
);

it(
  "codes are no amounts of light, for a mixture, a model of codes or one of light",
  async () => {
    const values = Uint8Array.from({ length: 40 * 16 }, (_, i) => (i * 31) % 4);
    writeFileSync(join(folder, "four.npy"), encodeNpy({ shape: [40, 4, 4], values }));
    const failed = async (...words: string[]) => (await runHere(folder, ...words)).stderr;
    const four = ["--levels", "4", "--steps", "1", ...small];
    await run("train", "--dataset", "codes:four.npy", "--run", "./names", ...four);
    await run("train", "--dataset", "npy:four.npy", "--run", "./light", ...four);
    expect(await failed("evaluate", "./names", "--dataset", "npy:four.npy")).toMatch(
      /takes codes, which have no order, but four has amounts of light/,
    );
    expect(await failed("evaluate", "./light", "--dataset", "codes:four.npy")).toMatch(
      /takes amounts of light, but four has codes/,
    );
    const mixture = ["--likelihood", "mixture", "--run", "./new"];
    expect(await failed("train", "--dataset", "codes:four.npy", ...mixture)).toMatch(
      /^--likelihood: expected categorical for 4 codes .* got mixture/,
    );
  },
  LONG_MS,
);
