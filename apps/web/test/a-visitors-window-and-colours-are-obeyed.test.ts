/** The window is narrowed, colours are taken over by the visitor: pictures follow it, and nothing is told by a colour that is gone. */
import { decode } from "fast-png";
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { follow, goToView } from "./support/follow.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

/** Colours of the screen in an element, as "r,g,b", at shares of its width along a line at a share of its height. */
async function coloursAt(element: Locator, height: number, ...widths: number[]): Promise<string[]> {
  const picture = decode(await element.screenshot());
  const row = Math.floor(height * picture.height);
  return widths.map((share) => {
    const start = (row * picture.width + Math.floor(share * picture.width)) * picture.channels;
    return picture.data.slice(start, start + 3).join();
  });
}

it("the wall of pictures shrinks with its window, and grows with it", async () => {
  const { page } = await site.openForAll("/generate/?count=4");
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: 1440, height: 900 });
  const canvas = page.locator("main canvas").first();
  const width = async () => (await canvas.boundingBox())!.width;
  await canvas.waitFor();
  const wide = await width();
  await page.setViewportSize({ width: 390, height: 844 });
  // Two in a row, of a window without its margins.
  await expect.poll(width).toBeLessThan((390 - 2 * 16) / 2);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(width).toBe(wide);
  await page.setViewportSize(before);
});

describe("in the visitor's own colours", () => {
  /** On the page that is there, whose colours are then taken over. */
  async function open(view: string, query: string) {
    const { page } = await site.openForAll("/generate/?count=4");
    await page.emulateMedia({ forcedColors: "active" });
    await goToView(page, view);
    await follow(page, query);
    return page;
  }

  it("what is chosen differs from what is not, and every slider has its line and its thumb", async () => {
    const page = await open("Complete", "?model=glyphs");
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
    const page = await open("Explain", "?first=100000000");
    const figure = page.locator("#figure-kernel");
    const taps = figure.getByRole("button", { pressed: true });
    await taps.first().waitFor();
    const [on] = await coloursAt(taps.first(), 0.2, 0.5);
    const [off] = await coloursAt(figure.getByRole("button", { pressed: false }).first(), 0.2, 0.5);
    expect(on).not.toBe(off);
  });
});
