/**
 * Windows are narrowed, letters enlarged, colours taken over by the visitor: nothing sticks out, and nothing is told by a colour that is gone. On the
 * gallery's own server, whose headers forbid whatever a page may do without.
 */
import { join } from "node:path";
import { decode } from "fast-png";
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createSite } from "../server/site.ts";
import { out, pages } from "./support/built-site.ts";
import { listening } from "./support/file-server.ts";
import { untilDrawn } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite(() => listening(createSite({ out, runs: join(out, "no-runs") })));

/** CSS pixels by which the page is wider than its window; what is wider in itself, and is moved in itself, does not count. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

async function fits(page: Page, widths: readonly number[]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 });
    await expect
      .poll(() => overflow(page), { message: `overflow at a width of ${width}` })
      .toBeLessThanOrEqual(0);
  }
}

/** Colours of the screen in an element, as "r,g,b", at shares of its width along a line at a share of its height. */
async function coloursAt(element: Locator, height: number, ...widths: number[]): Promise<string[]> {
  const picture = decode(await element.screenshot());
  const row = Math.floor(height * picture.height);
  return widths.map((share) => {
    const start = (row * picture.width + Math.floor(share * picture.width)) * picture.channels;
    return picture.data.slice(start, start + 3).join();
  });
}

describe.each(await pages())("%s", (path) => {
  it("works under these headers, shrinks with its window and bears letters of twice the size", async () => {
    const { page } = await site.open(path, { viewport: { width: 360, height: 740 } });
    await page.locator("main canvas").first().waitFor();
    if (path === "/") {
      // A drawing rests while it is out of view.
      await page.locator("main [data-drawing]").first().scrollIntoViewIfNeeded();
      await untilDrawn(page);
    }
    await page.waitForLoadState("networkidle");
    await fits(page, [360, 1440, 1000, 600, 390]);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    await fits(page, [1440, 1280, 1000, 600, 390]);
  });
});

it("the wall of pictures shrinks with its window, and grows with it", async () => {
  const { page } = await site.open("/generate/?count=4", { viewport: { width: 1440, height: 900 } });
  const canvas = page.locator("main canvas").first();
  const width = async () => (await canvas.boundingBox())!.width;
  await canvas.waitFor();
  const wide = await width();
  await page.setViewportSize({ width: 390, height: 844 });
  // Two in a row, of a window without its margins.
  await expect.poll(width).toBeLessThan((390 - 2 * 16) / 2);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(width).toBe(wide);
});

describe("in the visitor's own colours", () => {
  const forced = { forcedColors: "active" } as const;

  it("what is chosen differs from what is not, and every slider has its line and its thumb", async () => {
    const { page } = await site.open("/complete/?model=glyphs", forced);
    await page.locator('[data-drawing="done"]').first().waitFor();
    // Beside the letters, where only the ground tells.
    const [chosen] = await coloursAt(page.getByText("Medium", { exact: true }), 0.1, 0.5);
    const [ground] = await coloursAt(page.getByText("Broad", { exact: true }), 0.1, 0.5);
    expect(chosen).not.toBe(ground);
    const completions = page.getByRole("group", { name: "Completions", exact: true });
    await completions.getByRole("slider").press("Home");
    const track = completions.locator("[class*=track]");
    const [thumb, line] = await coloursAt(track, 0.5, 0, 0.5);
    const [above] = await coloursAt(track, 0.2, 0.5);
    expect(above).toBe(ground);
    expect(line).not.toBe(above);
    expect([above, line]).not.toContain(thumb);
    await page.getByRole("slider", { name: "Rows that the model draws" }).press("End");
    const handle = page.getByRole("group", { name: "Rows that the model draws" });
    const [grip] = await coloursAt(handle, 0, 0.7);
    expect(grip).not.toBe(ground);
  });

  it("switches of a kernel that are on differ from those that are off", async () => {
    const { page } = await site.open("/explain/?first=100000000", forced);
    const figure = page.locator("#figure-kernel");
    const taps = figure.getByRole("button", { pressed: true });
    await taps.first().waitFor();
    const [on] = await coloursAt(taps.first(), 0.2, 0.5);
    const [off] = await coloursAt(figure.getByRole("button", { pressed: false }).first(), 0.2, 0.5);
    expect(on).not.toBe(off);
  });
});
