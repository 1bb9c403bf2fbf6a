import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { packLevels } from "../src/components/pictures/pack-levels.ts";
import { completedByCore, linkedDrawing } from "./support/completions.ts";
import { loadedModel } from "./support/loaded-model.ts";
import { untilDrawn, wallBytes } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

/** A cross of the highest level. */
async function cross(model: string) {
  const { picture } = (await loadedModel(model)).network;
  const { height, width, levels } = picture;
  const drawing = Uint8Array.from({ length: height * width }, (_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    return Math.abs(x - y) < 2 || Math.abs(x + y - width) < 2 ? levels - 1 : 0;
  });
  return { drawing, text: packLevels(drawing, picture)! };
}

async function finish(page: Page): Promise<number[]> {
  await page.getByText("As computed").click();
  await untilDrawn(page);
  return wallBytes(page);
}

describe("a link", () => {
  it("gives the completions of its drawing, rows, seed and number", async () => {
    const { drawing, text } = await cross("mnist-binary");
    const { page } = await site.open(
      `/complete/?model=mnist-binary&drawing=${text}&rows=9&seed=31&completions=5`,
    );
    const expected = { levels: drawing, rows: 9, seed: 31, count: 5 };
    expect(await finish(page)).toEqual(await completedByCore("mnist-binary", expected));
  });

  it("gives those of its class", async () => {
    const { drawing, text } = await cross("glyphs");
    const { page } = await site.open(`/complete/?model=glyphs&drawing=${text}&rows=5&class=8&completions=3`);
    const expected = { levels: drawing, rows: 5, seed: 0, count: 3, classLabel: 8 };
    expect(await finish(page)).toEqual(await completedByCore("glyphs", expected));
  });

  it("gives the same through the shader", async () => {
    const { drawing, text } = await cross("glyphs");
    const { page } = await site.open(
      `/complete/?model=glyphs&drawing=${text}&rows=11&class=2&seed=4&completions=2&sampler=shader`,
    );
    const expected = { levels: drawing, rows: 11, seed: 4, count: 2, classLabel: 2 };
    expect(await finish(page)).toEqual(await completedByCore("glyphs", expected));
    await page.getByText("The graphics chip draws").waitFor();
  });

  it("shares them among the classes as the kept rows suggest when it names none", async () => {
    const { page } = await site.open("/complete/?model=glyphs&rows=9&seed=2");
    const bytes = await finish(page);
    const levels = await linkedDrawing(page, "glyphs");
    expect(bytes).toEqual(await completedByCore("glyphs", { levels, rows: 9, seed: 2, count: 8 }));
    await page.getByText(/The kept rows look like class \d/).waitFor();
  });

  it.each([
    ["no row", 0],
    ["every row", 28],
  ])("may keep %s", async (_, rows) => {
    const { drawing, text } = await cross("mnist-binary");
    const { page } = await site.open(
      `/complete/?model=mnist-binary&drawing=${text}&rows=${rows}&completions=2`,
    );
    const expected = { levels: drawing, rows, seed: 0, count: 2 };
    expect(await finish(page)).toEqual(await completedByCore("mnist-binary", expected));
  });

  it("takes a damaged drawing for none, and begins with an example", async () => {
    const { page } = await site.open("/complete/?model=mnist-binary&drawing=nonsense&rows=99&completions=1");
    await finish(page);
    expect((await linkedDrawing(page, "mnist-binary")).some((level) => level === 1)).toBe(true);
  });
});

it("a completion that is pressed is inspected", async () => {
  const { drawing, text } = await cross("mnist-binary");
  const { page } = await site.open(
    `/complete/?model=mnist-binary&drawing=${text}&rows=9&seed=31&completions=3`,
  );
  const bytes = await finish(page);
  await page.getByRole("button", { name: "Inspect completion 2" }).click();
  await page.waitForURL(/\/inspect\//);
  const inspected = await linkedDrawing(page, "mnist-binary");
  expect(Array.from(inspected, (level) => level * 255)).toEqual(bytes.slice(784, 2 * 784));
  expect(inspected.subarray(0, 9 * 28)).toEqual(drawing.subarray(0, 9 * 28));
  await page.getByRole("radio", { name: "Your picture" }).waitFor();
});
