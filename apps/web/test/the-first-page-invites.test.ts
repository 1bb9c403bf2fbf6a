/** What is seen first: one sentence, a picture that grows pixel by pixel, and the pen; and cards that lead on. */
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { positionsPerSecond } from "../src/state/playback/pace.ts";
import { untilDrawn } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

/** Lower edge on the page. */
async function bottomOf(element: Locator): Promise<number> {
  const { y, height } = (await element.boundingBox())!;
  return y + height;
}

const viewports = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];

describe.each(viewports)("at $width × $height", (viewport) => {
  it("all views stand in one line", async () => {
    const { page } = await site.openForAll("/explain/");
    await page.setViewportSize(viewport);
    const links = page.getByRole("navigation", { name: "Views" }).getByRole("link");
    const lines = () =>
      links.evaluateAll((all) => ({
        lines: new Set(all.map((link) => link.getBoundingClientRect().bottom)).size,
        hasAll: all.length >= 6,
      }));
    await expect.poll(lines).toEqual({ lines: 1, hasAll: true });
  });
});

/** The first page as it is for who has nothing against motion. */
const MOVING = { reducedMotion: "no-preference" } as const;
const first = () => site.openForAll("/?seed=2", MOVING);

/** Pixels of the large picture that are painted. */
function painted(page: Page): Promise<number> {
  return page
    .getByRole("link", { name: "Inspect the picture that grows" })
    .locator("canvas")
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, i) => i % 4 === 3 && value > 0).length;
    });
}

// Before all others on the page, while it grows.
describe.each(viewports)("at $width × $height", (viewport) => {
  it("the picture is seen growing, not grown", async () => {
    const { page } = await first();
    await page.setViewportSize(viewport);
    // The model is fetched first.
    await expect.poll(() => painted(page), { interval: 20, timeout: 20_000 }).toBeGreaterThan(0);
    const before = await painted(page);
    expect(before).toBeLessThan(128);
    await expect.poll(() => painted(page), { interval: 20, timeout: 20_000 }).toBeGreaterThan(before);
  });
});

describe.each(viewports)("at $width × $height", (viewport) => {
  it("the first screen has the sentence, a picture and the pen", async () => {
    const { page } = await first();
    await page.setViewportSize(viewport);
    const picture = page.getByRole("link", { name: "Inspect the picture that grows" });
    const pen = page.getByRole("application");
    const sentence = page.getByText("A small neural network draws on your own device");
    const teach = page.getByRole("main").getByRole("link", { name: "Teach" });
    for (const element of [sentence, picture, pen, teach])
      expect(await bottomOf(element)).toBeLessThan(viewport.height);
  });
});

it("the picture that grows can be followed by eye, and is whole before anybody leaves", () => {
  const seconds = 256 / positionsPerSecond("slow", 256);
  expect(seconds).toBeGreaterThan(10);
  expect(seconds).toBeLessThan(20);
});

it("the wall of pictures is as wide as the header, and of a set without classes real ones lie far apart", async () => {
  const { page } = await first();
  await page.setViewportSize({ width: 1440, height: 900 });
  const rightOf = async (element: Locator) => {
    const { x, width } = (await element.boundingBox())!;
    return x + width;
  };
  const last = page.getByRole("link", { name: "Inspect picture 10", exact: true }).first();
  await last.waitFor();
  const header = await rightOf(page.getByRole("navigation", { name: "Views" }));
  expect(Math.abs((await rightOf(last)) - header)).toBeLessThan(2);
  const digits = page.getByRole("article", { name: "Handwritten digits, black or white" });
  await digits
    .getByRole("img", { name: "Real pictures, one in every 1,000 of the test set" })
    .waitFor({ state: "attached" });
});

it("a card leads to Generate with its model wherever it is pressed, and its pictures to Inspect", async () => {
  const { page } = await first();
  const card = page.getByRole("article", { name: "Clothes, shoes and bags" });
  await card.scrollIntoViewIfNeeded();
  const real = card.getByRole("img", { name: "Real pictures, the first of each class in the test set" });
  // Ten pictures of 28 pixels and the gaps around them, drawn four times as large.
  await expect
    .poll(() => real.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(4 * 10 * 28);
  await card.getByRole("link", { name: "Inspect picture 3" }).click();
  await page.waitForURL(/\/inspect\/\?model=fashion-mnist&seed=2&picture=2$/);
  await page.goBack();
  await card.getByRole("link", { name: "Inspect real picture 10" }).click();
  await page.waitForURL(/\/inspect\/\?model=fashion-mnist&picture=real-9$/);
  await expect
    .poll(() => page.getByRole("radio", { name: "Others of the test set, 10" }).isChecked())
    .toBe(true);
  await page.goBack();
  await card.getByText("How it was made").click();
  await card.getByText("data licence").waitFor();
  await card
    .getByText("Shown are the first 8 draws of seed 2 and, in the row, real pictures: the first of each")
    .waitFor();
  // Beside the words, where the card is empty.
  const box = (await card.boundingBox())!;
  const line = (await card.getByRole("heading").boundingBox())!;
  await card.click({ position: { x: box.width - 4, y: line.y - box.y + line.height / 2 } });
  await page.waitForURL(/\/generate\/\?model=fashion-mnist$/);
});

it("on a phone what is beyond model, class and the main button is folded away", async () => {
  const { page } = await site.open("/generate/?model=glyphs&count=1", {
    viewport: { width: 390, height: 844 },
  });
  await untilDrawn(page);
  const settings = page.getByRole("region", { name: "Settings" });
  for (const shown of ["Model", "Class"]) await settings.getByLabel(shown, { exact: true }).waitFor();
  await expect.poll(() => settings.getByRole("slider").count()).toBe(0);
  await expect.poll(() => page.getByRole("radio").count()).toBe(0);
  await settings.getByText("More settings").click();
  await settings.getByRole("slider", { name: "Temperature" }).waitFor();
  await page.setViewportSize({ width: 1280, height: 900 });
  // The slider is there in either window: only what unfolds it tells that the page has seen the other one.
  await expect.poll(() => settings.getByText("More settings").count()).toBe(0);
  await settings.getByRole("slider", { name: "Pictures" }).waitFor();
});
