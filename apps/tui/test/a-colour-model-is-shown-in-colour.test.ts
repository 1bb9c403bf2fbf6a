import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeModelFile, type LevelArray, sample } from "@pixelcnn/core";
import { heatColour, rasterOf } from "@pixelcnn/pictures";
import { afterEach, expect, test } from "vitest";
import { opener, type Terminal, type TerminalOptions } from "./support/built-terminal.ts";
import { bundledModels, temporaryFolder } from "./support/fixtures.ts";

const root = temporaryFolder();
const runs = join(root, "runs");
mkdirSync(runs);

let terminal: Terminal;
afterEach(() => terminal?.close());

const start = opener(root, { models: bundledModels, runs });

function open(options?: TerminalOptions): Terminal {
  terminal = start(options);
  return terminal;
}

const file = join(bundledModels, "colour-glyphs.safetensors");

/** Colours of the first picture on the screen, [height, width, 3]. */
function colours(): number[] {
  const rows = Array.from({ length: 8 }, (_, y) =>
    Array.from({ length: 16 }, (_, x) => terminal.screen.buffer.active.getLine(1 + y)!.getCell(x)!),
  );
  const bytes = (colour: number) => [colour >> 16, (colour >> 8) & 255, colour & 255];
  return rows.flatMap((cells) => [
    ...cells.flatMap((cell) => bytes(cell.getFgColor())),
    ...cells.flatMap((cell) => bytes(cell.getBgColor())),
  ]);
}

test("a colour model is shown in its colours, and its surprise as heat", async () => {
  open({ words: [file] });
  await terminal.until(/▀/);
  terminal.press("#7\r");
  await terminal.until(/seed 7 /);
  terminal.press(">");
  await terminal.until(/256\/256/);
  const { model } = decodeModelFile(new Uint8Array(readFileSync(file)));
  let drawn: LevelArray = new Uint8Array();
  for await (const { pixels } of sample(model, { count: 1, seed: 7, classLabel: 0 })) drawn = pixels;
  expect(colours()).toEqual([...rasterOf(drawn, model.network.picture).rgb]);

  terminal.press("u");
  await terminal.until(/bits per pixel/);
  const heat = new Set(Array.from({ length: 10_001 }, (_, i) => String(heatColour(i / 10_000))));
  await terminal.until(() => {
    const shown = colours();
    return Array.from({ length: 256 }, (_, i) => shown.slice(i * 3, i * 3 + 3)).every((colour) =>
      heat.has(String(colour)),
    );
  });
});

test("a colour model is shown in the nearest of 256 colours where there are no more", async () => {
  open({ words: [file], environment: { COLORTERM: "" } });
  await terminal.until(/▀/);
  terminal.press("#7\r");
  await terminal.until(/seed 7 /);
  terminal.press(">");
  await terminal.until(/256\/256/);
  const cells = Array.from(
    { length: 128 },
    (_, i) => terminal.screen.buffer.active.getLine(1 + Math.floor(i / 16))!.getCell(i % 16)!,
  );
  expect(cells.every((cell) => cell.isFgPalette() && cell.isBgPalette())).toBe(true);
  // The cube of colours begins at 16; a place on its grey diagonal is a multiple of 43 from there.
  const isColour = (index: number) => index < 232 && (index - 16) % 43 !== 0;
  expect(cells.filter((cell) => isColour(cell.getFgColor())).length).toBeGreaterThan(20);
});
