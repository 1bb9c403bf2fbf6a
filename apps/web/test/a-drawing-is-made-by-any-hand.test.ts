import { levelToByte } from "@pixelcnn/core/data";
import { encodePng } from "@pixelcnn/pictures";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { packLevels } from "../src/components/pictures/pack-levels.ts";
import { completedByCore, linkedDrawing } from "./support/completions.ts";
import { dropFile } from "./support/drop-file.ts";
import { follow } from "./support/follow.ts";
import { untrainedModel } from "./support/untrained-model.ts";
import { untilDrawn, wallBytes } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();
const MODEL = "mnist-binary";
const picture = { height: 28, width: 28, channels: 1, levels: 2 };
const blank = packLevels(new Uint8Array(784), picture);
const BLANK = `/complete/?model=${MODEL}&drawing=${blank}&rows=14&completions=2&seed=8`;
const INVITATION = "Drop the picture to complete it";

/** Complete with an empty picture, on one page for all: who comes next clears it. */
async function openBlank(open = site.openForAll) {
  const { page } = await open(BLANK);
  await page.getByText("As computed").click();
  if (new URL(page.url()).searchParams.get("drawing") !== blank) {
    await page.getByRole("button", { name: "Clear" }).click();
    await page.waitForURL((url) => url.searchParams.get("drawing") === blank);
  }
  await untilDrawn(page);
  // A click on a button further down has moved it out of the window.
  await page.getByRole("application").scrollIntoViewIfNeeded();
  return page;
}

/** The drawing once it is another one than before, and the completions are its own. */
async function drawn(page: Page, before: string | null = blank): Promise<Uint8Array> {
  await page.waitForFunction((text) => new URL(location.href).searchParams.get("drawing") !== text, before);
  await untilDrawn(page);
  const levels = await linkedDrawing(page, MODEL);
  const rows = Number(new URL(page.url()).searchParams.get("rows"));
  await expect
    .poll(() => wallBytes(page))
    .toEqual(await completedByCore(MODEL, { levels, rows, seed: 8, count: 2 }));
  return levels;
}

const inked = (levels: Uint8Array) => levels.reduce((sum, level) => sum + level, 0);

describe("with the keyboard alone", () => {
  it("arrows move, space draws, delete erases, control z undoes", async () => {
    const page = await openBlank();
    await page.getByRole("application").focus();
    await page.getByText("Row 8, column 15: level 0 of 1").waitFor({ state: "attached" });
    await page.keyboard.press("Space");
    const dot = await drawn(page);
    expect(dot[7 * 28 + 14]).toBe(1);
    const first = new URL(page.url()).searchParams.get("drawing");
    for (let i = 0; i < 4; i++) await page.keyboard.press("Shift+ArrowLeft");
    const line = await drawn(page, first);
    for (let x = 10; x <= 14; x++) expect(line[7 * 28 + x]).toBe(1);
    const second = new URL(page.url()).searchParams.get("drawing");
    await page.keyboard.press("Delete");
    expect(inked(await drawn(page, second))).toBeLessThan(inked(line));
    for (let i = 0; i < 5; i++) await page.keyboard.press("Control+z");
    await page.waitForFunction((text) => location.search.includes(`drawing=${text}&`), first);
    expect(await linkedDrawing(page, MODEL)).toEqual(dot);
    for (let i = 0; i < 3; i++) await page.keyboard.press("Control+y");
    await page.keyboard.press("Control+Shift+z");
    await page.waitForFunction((text) => location.search.includes(`drawing=${text}&`), second);
    expect(await linkedDrawing(page, MODEL)).toEqual(line);
  });
});

describe("with a pointer", () => {
  it("a line follows it, and the completions follow the line on the same noise, before it ends as well", async () => {
    const page = await openBlank();
    const box = (await page.getByRole("application").boundingBox())!;
    const at = (column: number, row: number) =>
      [box.x + ((column + 0.5) * box.width) / 28, box.y + ((row + 0.5) * box.height) / 28] as const;
    await page.mouse.move(...at(6, 6));
    await page.mouse.down();
    await page.mouse.move(...at(20, 6), { steps: 5 });
    await expect.poll(async () => (await wallBytes(page))[6 * 28 + 14]).toBe(255);
    expect((await wallBytes(page))[784 + 6 * 28 + 14]).toBe(255);
    expect(new URL(page.url()).searchParams.get("drawing")).toBe(blank);
    await page.mouse.up();
    const levels = await drawn(page);
    for (let x = 6; x <= 20; x++) expect(levels[6 * 28 + x]).toBe(1);
    expect(levels[6 * 28 + 3]).toBe(0);
    expect(levels[6 * 28 + 24]).toBe(0);
    expect(inked(levels)).toBeLessThan(100);
  });

  it("a finger draws too", async () => {
    const page = await openBlank((path) => site.openAnew(path, { hasTouch: true }));
    const box = (await page.getByRole("application").boundingBox())!;
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 4);
    expect((await drawn(page))[7 * 28 + 14]).toBe(1);
  });
});

it("buttons clear, invert and undo", async () => {
  const page = await openBlank();
  await page.getByRole("button", { name: "Invert" }).click();
  const white = await drawn(page);
  expect(inked(white)).toBe(784);
  const text = new URL(page.url()).searchParams.get("drawing");
  await page.getByRole("button", { name: "Clear" }).click();
  const black = await drawn(page, text);
  expect(inked(black)).toBe(0);
  await page.getByRole("button", { name: "Undo" }).click();
  expect(await drawn(page)).toEqual(white);
  await page.getByRole("button", { name: "Redo" }).click();
  expect(inked(await drawn(page, text))).toBe(0);
  // A new step forgets what was undone.
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Invert" }).click();
  expect(await page.getByRole("button", { name: "Redo" }).isDisabled()).toBe(true);
});

it("below the line nothing starts again; above it everything does", async () => {
  const page = await openBlank();
  const states = await page.locator("[data-drawing]").evaluateHandle((wall) => {
    const seen: string[] = [];
    new MutationObserver(() => seen.push((wall as HTMLElement).dataset.drawing!)).observe(wall, {
      attributes: true,
      attributeFilter: ["data-drawing"],
    });
    return seen;
  });
  const dab = async (row: number) => {
    const before = new URL(page.url()).searchParams.get("drawing");
    const box = (await page.getByRole("application").boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + ((row + 0.5) * box.height) / 28);
    await drawn(page, before);
  };
  await dab(20);
  await dab(16);
  expect(await states.jsonValue()).toEqual([]);
  await dab(5);
  expect(await states.jsonValue()).toContain("done");
});

describe("a file", () => {
  /** A chessboard of 4×4 fields, enlarged. */
  const fields = Uint8Array.from(
    { length: 784 },
    (_, i) => (((i % 28) >> 2) + (Math.floor(i / 28) >> 2)) % 2,
  );
  function enlarged(times: number): Uint8Array {
    const size = 28 * times;
    const data = Uint8Array.from({ length: size * size }, (_, i) => {
      const [y, x] = [Math.floor(i / size / times), Math.floor((i % size) / times)];
      return fields[y * 28 + x]! * 255;
    });
    return encodePng({ width: size, height: size, channels: 1, data });
  }

  it("of a picture, as large or four times, becomes the drawing; one that is no picture gets a clear message, and the page goes on", async () => {
    const page = await openBlank();
    const noise = Uint8Array.from({ length: 400 }, (_, i) => (i * 7919) % 251);
    await dropFile(page, { name: "broken.png", type: "image/png", bytes: noise }, INVITATION);
    await page.getByText("broken.png cannot be used: expected a picture").waitFor();
    const linked = () => new URL(page.url()).searchParams.get("drawing");
    for (const times of [1, 4]) {
      const before = linked();
      await page.getByRole("button", { name: "Invert" }).click();
      const inverted = await drawn(page, before);
      expect(inked(inverted)).toBe(times === 1 ? 784 : 784 - inked(fields));
      const other = linked();
      await dropFile(page, { name: "board.png", type: "image/png", bytes: enlarged(times) }, INVITATION);
      expect(await drawn(page, other)).toEqual(fields);
    }
  });
});

it("with the keyboard alone the handle keeps more rows or fewer: up is up", async () => {
  const page = await openBlank();
  const handle = page.getByRole("slider", { name: "Rows that the model draws" });
  expect(await handle.getAttribute("aria-orientation")).toBe("vertical");
  expect(await handle.inputValue()).toBe("14");
  await handle.press("ArrowUp");
  await page.waitForURL(/rows=13/);
  expect(await handle.inputValue()).toBe("15");
  for (let i = 0; i < 3; i++) await handle.press("ArrowDown");
  await page.waitForURL(/rows=16/);
});

it("goes along to another model", async () => {
  const page = await openBlank();
  await page.getByRole("button", { name: "Invert" }).click();
  await drawn(page);
  await page.getByRole("combobox", { name: "Model" }).selectOption("glyphs");
  await page.waitForURL((url) => url.searchParams.get("drawing")?.length === 86);
  expect(await linkedDrawing(page, "glyphs")).toEqual(new Uint8Array(256).fill(3));
});

it("a file of a picture in the bytes of 28 levels is kept byte for byte", async () => {
  const shape = { height: 16, width: 16, channels: 1, levels: 28 };
  const { file } = untrainedModel("gated", { picture: shape, channels: 4, layers: 1 });
  const shown = Uint8Array.from({ length: 256 }, (_, i) => levelToByte(i % 28, 28));
  const picture = encodePng({ width: 16, height: 16, channels: 1, data: shown });
  const { page } = await site.openForAll(BLANK);
  await page.getByText("As computed").click();
  await follow(page, "?model=glyphs&rows=8&completions=2");
  await page.locator("canvas[width='16']").first().waitFor();
  await dropFile(page, { name: "fine.safetensors", type: "", bytes: file }, INVITATION);
  await page.waitForURL(/model=file:fine/);
  await dropFile(page, { name: "shown.png", type: "image/png", bytes: picture }, INVITATION);
  const kept = async () => {
    const bytes = await wallBytes(page);
    return [bytes.slice(0, 128), bytes.slice(256, 256 + 128)];
  };
  const expected = [...shown.subarray(0, 128)];
  await expect.poll(kept).toEqual([expected, expected]);
});
