import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { packLevels } from "../src/components/pictures/pack-levels.ts";
import { completedByCore, linkedDrawing } from "./support/completions.ts";
import { follow } from "./support/follow.ts";
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

/** One page for all, whose link is damaged; the other links are followed on it. */
async function open(): Promise<Page> {
  const { page } = await site.openForAll(
    "/complete/?model=mnist-binary&drawing=nonsense&rows=99&completions=1",
  );
  await page.getByText("As computed").click();
  await untilDrawn(page);
  return page;
}

/** Follows a link with completions of its own, and waits until the wall shows what core makes of it. */
async function expectCompletions(
  query: string,
  model: string,
  expected: Parameters<typeof completedByCore>[1],
) {
  const page = await open();
  const bytes = await completedByCore(model, expected);
  await follow(page, query);
  await expect.poll(() => wallBytes(page)).toEqual(bytes);
  await untilDrawn(page);
  return { page, bytes };
}

describe("a link", () => {
  it("takes a damaged drawing for none, and begins with an example", async () => {
    const page = await open();
    expect((await linkedDrawing(page, "mnist-binary")).some((level) => level === 1)).toBe(true);
  });

  it("gives the completions of its drawing, rows, seed and number", async () => {
    const { drawing, text } = await cross("mnist-binary");
    const expected = { levels: drawing, rows: 9, seed: 31, count: 5 };
    const query = `?model=mnist-binary&drawing=${text}&rows=9&seed=31&completions=5`;
    await expectCompletions(query, "mnist-binary", expected);
  });

  it("gives those of its class", async () => {
    const { drawing, text } = await cross("glyphs");
    const expected = { levels: drawing, rows: 5, seed: 0, count: 3, classLabel: 8 };
    const query = `?model=glyphs&drawing=${text}&rows=5&class=8&completions=3`;
    await expectCompletions(query, "glyphs", expected);
  });

  it("gives the same through the shader", async () => {
    const { drawing, text } = await cross("glyphs");
    const expected = { levels: drawing, rows: 11, seed: 4, count: 2, classLabel: 2 };
    const query = `?model=glyphs&drawing=${text}&rows=11&class=2&seed=4&completions=2&sampler=shader`;
    const { page } = await expectCompletions(query, "glyphs", expected);
    await page.getByText("The graphics chip draws").waitFor();
  });

  it("shares them among the classes as the kept rows suggest when it names none", async () => {
    const { drawing, text } = await cross("glyphs");
    // As many as a link without their number has.
    const expected = { levels: drawing, rows: 9, seed: 2, count: 8 };
    const query = `?model=glyphs&drawing=${text}&rows=9&seed=2`;
    const { page } = await expectCompletions(query, "glyphs", expected);
    await page.getByText(/The kept rows look like class \d/).waitFor();
  });

  it.each([
    ["no row", 0],
    ["every row", 28],
  ])("may keep %s", async (_, rows) => {
    const { drawing, text } = await cross("mnist-binary");
    const query = `?model=mnist-binary&drawing=${text}&rows=${rows}&completions=2`;
    await expectCompletions(query, "mnist-binary", { levels: drawing, rows, seed: 0, count: 2 });
  });
});

it("a completion that is pressed is inspected", async () => {
  const { drawing, text } = await cross("mnist-binary");
  const query = `?model=mnist-binary&drawing=${text}&rows=9&seed=31&completions=3`;
  const expected = { levels: drawing, rows: 9, seed: 31, count: 3 };
  const { page, bytes } = await expectCompletions(query, "mnist-binary", expected);
  await page.getByRole("button", { name: "Inspect completion 2" }).click();
  await page.waitForURL(/\/inspect\//);
  const inspected = await linkedDrawing(page, "mnist-binary");
  expect(Array.from(inspected, (level) => level * 255)).toEqual(bytes.slice(784, 2 * 784));
  expect(inspected.subarray(0, 9 * 28)).toEqual(drawing.subarray(0, 9 * 28));
  await page.getByRole("radio", { name: "Your picture" }).waitFor();
});
