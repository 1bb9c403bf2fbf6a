import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { drawnByCore, inTurn } from "./support/core-pictures.ts";
import { follow, goToView } from "./support/follow.ts";
import { untilDrawn, wallBytes } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();
const moving = { reducedMotion: "no-preference" } as const;

/** Pixels of the first picture that are painted and not marked. */
function painted(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>("[data-drawing] canvas")!;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      // Pictures of this model are grey; the mark is not.
      if (data[i + 3] === 255 && data[i] === data[i + 1]) count++;
    }
    return count;
  });
}

describe("a drawing", () => {
  it("moves on by itself, and marks the pixel that is being drawn", async () => {
    const { page } = await site.openForAll("/generate/?seed=3&count=4", moving);
    await page.getByText("Pixel by pixel").click();
    const before = await painted(page);
    await expect.poll(() => painted(page)).toBeGreaterThan(before);
    const marked = await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>("[data-drawing] canvas")!;
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      return Array.from({ length: data.length / 4 }, (_, i) => data[i * 4] !== data[i * 4 + 1]).filter(
        Boolean,
      ).length;
    });
    expect(marked).toBe(1);
  });

  it("pauses, goes on by single pixels, and goes on", async () => {
    const { page } = await site.openForAll("/generate/?seed=3&count=4", moving);
    await page.getByText("Pixel by pixel").click();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("paused").waitFor();
    const before = await painted(page);
    await page.waitForTimeout(400);
    expect(await painted(page)).toBe(before);
    for (let i = 1; i <= 3; i++) {
      await page.getByRole("button", { name: "Step" }).click();
      await expect.poll(() => painted(page)).toBe(before + i);
    }
    await page.getByText("As computed").click();
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await untilDrawn(page);
    expect(await wallBytes(page)).toEqual(
      await drawnByCore("glyphs", { seed: 3, classLabel: inTurn(4), count: 4 }),
    );
  });

  it("rests while it is out of view", async () => {
    const { page } = await site.openForAll("/generate/?seed=3&count=4", moving);
    // First the pace: the drawing before went as fast as it could.
    await page.getByText("Pixel by pixel").click();
    await follow(page, "?count=1");
    await expect.poll(() => painted(page)).toBeLessThan(16 * 16);
    const wide = page.viewportSize()!;
    await page.setViewportSize({ width: 360, height: 400 });
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.waitForTimeout(500);
    const before = await painted(page);
    await page.waitForTimeout(400);
    expect(await painted(page)).toBe(before);
    await page.evaluate(() => scrollTo(0, 0));
    await expect.poll(() => painted(page)).toBeGreaterThan(before);
    await page.setViewportSize(wide);
  });

  it("can be left in the middle; the next view draws", async () => {
    const { page } = await site.openForAll("/generate/?seed=3&count=4", moving);
    await follow(page, "?count=100&seed=1");
    await page.getByText("Calm").click();
    await page.locator('[data-drawing="drawing"]').first().waitFor();
    await page.getByRole("link", { name: "Gallery" }).click();
    await page.getByRole("heading", { name: "Pictures, one pixel at a time" }).waitFor();
    await page.locator('[data-drawing="drawing"]').first().waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Generate" }).waitFor();
    expect(page.url()).toContain("count=100&seed=1");
  });

  it("shows nothing half-drawn to who wants no motion", async () => {
    const { page } = await site.openForAll("/generate/?model=mnist-binary&count=4");
    await page.locator("canvas[width='28']").first().waitFor();
    const seen = new Set<number>();
    while ((await page.locator('[data-drawing="done"]').count()) === 0) seen.add(await painted(page));
    expect([...seen].filter((count) => count !== 0 && count !== 28 * 28)).toEqual([]);
  });
});

it("near temperature 0 it says why pictures are empty", async () => {
  const { page } = await site.openForAll("/generate/?model=mnist-binary&count=4");
  await follow(page, "?count=1&temperature=0");
  const why = page.getByText("Near 0 every pixel takes its likeliest level");
  await why.waitFor();
  await page.getByRole("slider", { name: "Temperature" }).press("End");
  await why.waitFor({ state: "detached" });
});

it("the button to press answers the pointer", async () => {
  const { page } = await site.openForAll("/generate/?model=mnist-binary&count=4");
  const button = page.getByRole("button", { name: "Draw others" });
  const ground = () => button.evaluate((element) => getComputedStyle(element).backgroundColor);
  const before = await ground();
  await button.hover();
  expect(await ground()).not.toBe(before);
});

it("says what it does: loading is no drawing, and neither is a pause", async () => {
  const { page } = await site.open("/teach/", moving);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/glyphs.safetensors", async (route) => {
    await held;
    await route.continue();
  });
  for (const view of ["Generate", "Inspect"]) {
    await goToView(page, view);
    await page.getByText(/^Loading the model, 0\.\d MB…$/).waitFor();
  }
  await goToView(page, "Gallery");
  await page.getByText(/Loading the model, 0\.\d MB: 50 new pictures/).waitFor();
  expect(await page.getByRole("button", { name: "Pause" }).isDisabled()).toBe(true);
  expect(await page.getByText("is drawing").count()).toBe(0);
  release();
  await page.getByText("is drawing").waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByText(/^Paused at row \d+ of 16: 50 new pictures/).waitFor();
  expect(await page.getByText("is drawing").count()).toBe(0);
});

it("the gallery draws a wall on arrival, says in one sentence what happens, loads other models only when one comes near them, and draws others on a click", async () => {
  const { page } = await site.open("/");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page
    .getByText(/Done: 50 new pictures of 16 × 16 pixels, computed by your device in [a-z\d. ]+ seconds\./)
    .waitFor();
  expect(await wallBytes(page)).toEqual(
    await drawnByCore("glyphs", { seed: 0, classLabel: inTurn(50), count: 50 }),
  );
  // When its row of real pictures is fetched, which is lazy, the browser decides.
  const ofModel = asked.filter((url) => url.includes("mnist-binary.") && !url.endsWith(".real.png"));
  expect(ofModel).toEqual([]);
  await page.getByRole("heading", { name: "Handwritten digits, black or white" }).scrollIntoViewIfNeeded();
  await expect.poll(() => asked.filter((url) => url.includes("mnist-binary.safetensors")).length).toBe(1);
  await page.getByRole("button", { name: "Draw others" }).click();
  await page.waitForURL(/seed=\d+/);
});
