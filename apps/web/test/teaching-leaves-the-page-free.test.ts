/** While a model learns, the page works in the visitor's own colours and by the keyboard, and does not grow. */
import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import { teachOn } from "../scripts/teach-on.ts";
import { findings } from "./support/findings.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

it("in the visitor's own colours, by the keyboard alone, axe finds nothing", {
  timeout: 120_000,
}, async () => {
  const { page } = await site.open("/teach/", { forcedColors: "active" });
  const cell = page.getByRole("application").first();
  await cell.focus();
  for (const key of [" ", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", " "])
    await page.keyboard.press(key);
  // Strokes are white: their ground stays black.
  expect(await cell.evaluate((canvas) => getComputedStyle(canvas).backgroundColor)).toBe("rgb(0, 0, 0)");
  const teach = page.getByRole("button", { name: "Teach", exact: true });
  await teach.focus();
  await page.keyboard.press("Enter");
  await page.getByText(/^Step \d+/).waitFor();
  expect(await findings(page)).toEqual([]);
  const ground = (name: string) =>
    page.getByRole("button", { name }).evaluate((button) => getComputedStyle(button).backgroundColor);
  expect(await ground("Pause")).not.toBe(await ground("Clear"));
  await page.getByRole("button", { name: "Something to trace" }).press("Space");
  expect(await ground("Something to trace")).not.toBe(await ground("Clear"));
  // Where nothing was drawn there is a line around the place all the same.
  const empty = page.getByRole("button", { name: "Inspect what the model draws for 1, sample 1" });
  expect(await empty.evaluate((place) => getComputedStyle(place).outlineStyle)).toBe("solid");
  await page.getByRole("button", { name: "Pause" }).press("Enter");
  await page.getByRole("button", { name: "Go on" }).waitFor();
});

const LARGE = { viewport: { width: 1440, height: 900 } };

it("when Teach is pressed the cells stay where they are, and a button that is pressed looks so under the pointer", async () => {
  const { page } = await site.openForAll("/teach/", LARGE);
  await page.getByRole("button", { name: "Fill with examples" }).click();
  const topOfCells = async () => (await page.getByRole("application").first().boundingBox())!.y;
  const before = await topOfCells();
  await page.getByRole("button", { name: "Teach", exact: true }).click();
  await page.getByText(/^Step \d+/).waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Forget" }).waitFor();
  expect(await topOfCells()).toBe(before);
  const trace = page.getByRole("button", { name: "Something to trace" });
  const colours = () =>
    trace.evaluate((button) => {
      const { color, backgroundColor } = getComputedStyle(button);
      return [color, backgroundColor];
    });
  await trace.press("Space");
  const pressed = await colours();
  await trace.hover();
  expect(await colours()).toEqual(pressed);
});

it("on a phone losses, samples and the step of the first shape stay in view while the cells are looked at", async () => {
  const viewport = { width: 390, height: 844 };
  // Which has learnt already.
  const { page } = await site.openForAll("/teach/", LARGE);
  await page.setViewportSize(viewport);
  const inView = async (element: Locator) => {
    const { y, height } = (await element.boundingBox())!;
    return y > 0 && y + height < viewport.height;
  };
  const sample = (which: string) =>
    page.getByRole("button", { name: `Inspect what the model draws for ${which}` });
  for (const cell of [0, 9]) {
    await page.getByRole("application").nth(cell).scrollIntoViewIfNeeded();
    for (const words of ["What it practises on", "What it never saw", "First recognisable shape"])
      expect(await inView(page.getByText(words, { exact: true }))).toBe(true);
    for (const which of ["1, sample 1", "10, sample 2"]) expect(await inView(sample(which))).toBe(true);
    expect((await page.getByRole("application").nth(cell).boundingBox())!.y).toBeGreaterThan(0);
  }
  // Two cells are side by side, and so are the last two.
  const lefts = [0, 8].map(async (cell) => (await page.getByRole("application").nth(cell).boundingBox())!.x);
  expect(await lefts[0]).toBe(await lefts[1]);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  await expect.poll(() => inView(sample("1, sample 1"))).toBe(true);
});

it("what is left in the page while a model learns is bounded", { timeout: 120_000 }, async () => {
  const { page } = await site.openAnew("/teach/");
  const seconds = 2;
  const { leftBytes, steps } = await teachOn(page, seconds);
  expect(steps).toBeGreaterThan(5);
  expect(leftBytes).toBeLessThan(seconds * 5e5);
});
