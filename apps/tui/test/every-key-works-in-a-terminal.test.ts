// One long walk through the keys of the help, in one terminal: that is why it is one file.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { sampleKeys, viewKeys } from "../src/app/keys.ts";
import { opener, type Terminal, type TerminalOptions } from "./support/built-terminal.ts";
import { bundledModels, temporaryFolder } from "./support/fixtures.ts";

const root = temporaryFolder();
const models = join(root, "models");
const runs = join(root, "runs");
mkdirSync(models);
mkdirSync(runs);
copyFileSync(join(bundledModels, "glyphs.safetensors"), join(models, "glyphs.safetensors"));
copyFileSync(join(bundledModels, "glyphs.safetensors"), join(models, "half.safetensors"));
truncateSync(join(models, "half.safetensors"), 100_000);
writeFileSync(join(models, "noise.safetensors"), "nothing of a model");

const UP = "\x1b[A";
const DOWN = "\x1b[B";
const RIGHT = "\x1b[C";
const ESCAPE = "\x1b";

let terminal: Terminal;
afterEach(() => terminal?.close());

const start = opener(root, { models: models, runs });

function open(options?: TerminalOptions): Terminal {
  terminal = start(options);
  return terminal;
}

/** How many of the frame's positions are shown. */
function shown(): number {
  return Number(/(\d+)\/256/.exec(terminal.text())?.[1]);
}

describe("the sample view", () => {
  test("every key does what the help says", async () => {
    open({ columns: 100, rows: 30 });
    await terminal.until(/▀/);
    expect(terminal.isAlternate).toBe(true);
    expect(terminal.lines()[0]).toMatch(/^PixelCNN \[sample\].*100×30$/);
    // The last row stays free.
    expect(terminal.lines().at(-1)).toBe("");

    terminal.press("?");
    const help = await terminal.until(/esc closes this/);
    for (const { shown: key, about } of sampleKeys) expect(help).toContain(`${key.padEnd(9)} ${about}`);
    terminal.press(ESCAPE);
    await terminal.until(/▀/);

    terminal.press(" ");
    await terminal.until(/⏸ glyphs/);
    const paused = shown();
    await sleep(300);
    expect(shown()).toBe(paused);
    terminal.press("n");
    await terminal.until(/ 0\/256/);
    expect(terminal.text()).not.toMatch(/seed 0 /);
    terminal.press("#12x3\r");
    await terminal.until(/got 12x3/);
    terminal.press("\x7f\x7f3\r");
    await terminal.until((text) => /seed 123 /.test(text) && / 0\/256/.test(text));
    terminal.press(".");
    await terminal.until(/ 1\/256/);
    terminal.press("..");
    await terminal.until(/ 3\/256/);
    terminal.press("/");
    await terminal.until(/ 16\/256/);
    terminal.press("/");
    await terminal.until(/ 32\/256/);
    terminal.press(">");
    await terminal.until(/ 256\/256/);
    terminal.press("]");
    await terminal.until(/temperature 1\.1/);
    terminal.press("[[");
    await terminal.until(/temperature 0\.9/);
    terminal.press("c");
    await terminal.until(/class 0/);
    terminal.press("C");
    await terminal.until(/all classes/);
    terminal.press("-");
    await terminal.until(/shown 16\/s/);
    terminal.press("++");
    await terminal.until(/shown 256\/s/);
    terminal.press("u");
    await terminal.until(/bits per pixel as half-blocks/);
    terminal.press("u");
    for (const style of ["braille", "shades", "ascii", "half-blocks"]) {
      terminal.press("a");
      await terminal.until(new RegExp(` · ${style}`));
    }
    terminal.press("s");
    await terminal.until(/> incremental/);
    terminal.press(`${DOWN}`);
    await terminal.until(/> scalar/);
    terminal.press("\r");
    terminal.press(">");
    await terminal.until(/^scalar: .* pictures\/s, .* positions\/s.* 256\/256/m);
    terminal.press("w");
    const written = await terminal.until(/wrote \d+ pictures to/);
    const [file] = readdirSync(root).filter((name) => name.endsWith(".png"));
    expect(written).toContain(file!);
    expect(readFileSync(join(root, file!)).subarray(1, 4).toString()).toBe("PNG");
    terminal.press("\t");
    await terminal.until(/There are no runs/);
    terminal.press("\t");
    await terminal.until(/\[devices\][\s\S]*This app +[\d.]+% of a core · \d+ MB/);
    terminal.press("\t");
    await terminal.until(/\[sample\]/);

    terminal.press("q");
    expect((await terminal.ended()).exitCode).toBe(0);
    expect(terminal.isAlternate).toBe(false);
    expect(terminal.output).toContain("\x1b[?25h");
  });

  test("the samplers that need TensorFlow.js draw the same pictures", async () => {
    // Room for a row of them.
    open({ rows: 14 });
    await terminal.until(/▀/);
    const pictureAt = async () => {
      terminal.press(">");
      await terminal.until(/256\/256/);
      // The first picture is the same however many are drawn with it.
      const cells = Array.from({ length: 8 }, (_, y) =>
        Array.from({ length: 16 }, (_, x) => {
          const cell = terminal.screen.buffer.active.getLine(1 + y)!.getCell(x)!;
          return [cell.getFgColor(), cell.getBgColor()];
        }),
      );
      return JSON.stringify(cells);
    };
    const incremental = await pictureAt();
    // The list begins at the one that draws.
    for (const [from, sampler] of [
      [0, "naive"],
      [2, "fixed-point"],
    ] as const) {
      terminal.press("s");
      for (const name of ["incremental", "scalar", "naive", "fixed-point"].slice(from)) {
        await terminal.until(new RegExp(`> ${name} `));
        if (name === sampler) break;
        terminal.press(DOWN);
      }
      terminal.press("\r");
      terminal.press(">");
      await terminal.until(new RegExp(`^${sampler} wasm: [^]*256/256`, "m"), 55_000);
      expect(await pictureAt(), sampler).toBe(incremental);
    }
  });

  test("top rows are typed, and completed as they are", async () => {
    open();
    await terminal.until(/▀/);
    terminal.press(" k");
    await terminal.until(/The top 8 of 16 rows/);
    terminal.press("[[x");
    await terminal.until(/The top 6 of 16 rows/);
    terminal.press(` ${RIGHT}5\r`);
    await terminal.until(/completing/);
    terminal.press(">");
    await terminal.until(/256\/256/);
    // Row 5, column 9 in white, the pixel beside it in grey, everything else of the top black.
    const colours = new Map<string, number>();
    for (let y = 0; y < 3; y++) {
      for (let x = 0; x < 16; x++) {
        const cell = terminal.screen.buffer.active.getLine(1 + y)!.getCell(x)!;
        colours.set(`${x},${2 * y}`, cell.getFgColor());
        colours.set(`${x},${2 * y + 1}`, cell.getBgColor());
      }
    }
    const inked = [...colours].filter(([, colour]) => colour !== 0);
    expect(inked).toEqual([
      ["8,4", 0xffffff],
      ["9,4", 0xaaaaaa],
    ]);
    // What was drawn is the start of the next pictures.
    terminal.press("w");
    const [, file] = /pictures to (\S+)/.exec(await terminal.until(/wrote \d+ pictures to .*png/))!;
    terminal.press("kl");
    await terminal.until(/Picture file/);
    terminal.press("missing.png\r");
    await terminal.until(/missing\.png/);
    terminal.press("kl");
    await terminal.until(/Picture file/);
    terminal.press(`${file!.split("/").at(-1)}\r`);
    await terminal.until(/The top 8 of 16 rows/);
    terminal.press("\r");
    await terminal.until(/completing/);
    terminal.press("k");
    await terminal.until(/The top 8/);
    terminal.press("n");
    await terminal.until((text) => /seed 0/.test(text) && !/completing/.test(text));
  });

  test("damaged model files are shown as such, and the next one works", async () => {
    open({ words: ["nowhere"] });
    await terminal.until(/Nothing can be drawn\.\s+\S+nowhere:\s+there\s+is\s+no\s+such\s+file/);
    for (const [name, wanted] of [
      ["half", /Nothing can be drawn/],
      ["noise", /Nothing can be drawn/],
      ["glyphs", /▀/],
    ] as const) {
      terminal.press("m");
      await terminal.until(/^> ?/m);
      terminal.press(UP.repeat(3));
      for (const model of ["glyphs", "half", "noise"]) {
        await terminal.until(new RegExp(`> ${model} `));
        if (model === name) break;
        terminal.press(DOWN);
      }
      terminal.press("\r");
      await terminal.until((text) => text.includes(`▶ ${name}`) && wanted.test(text));
    }
  });
});

test("the package's README has the keys as they are", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  for (const { shown: key, about } of Object.values(viewKeys).flat()) {
    expect(readme).toMatch(new RegExp(`\\| \`${literally(key)}\` *\\| ${literally(about)} *\\|`));
  }
});

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

test("the bundled model lies where the app looks for it", () => {
  expect(existsSync(join(bundledModels, "glyphs.safetensors"))).toBe(true);
});
