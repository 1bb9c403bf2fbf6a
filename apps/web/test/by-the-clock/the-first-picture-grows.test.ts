/** The picture of the first page is seen growing, not grown. */
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { withSite } from "../support/with-site.ts";

const site = withSite();

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

it.each([
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
])("pixel by pixel, at $width × $height", async (viewport) => {
  const { page } = await site.openAnew("/?seed=2", { viewport, reducedMotion: "no-preference" });
  // The model is fetched first.
  await expect.poll(() => painted(page), { interval: 20, timeout: 20_000 }).toBeGreaterThan(0);
  const before = await painted(page);
  expect(before).toBeLessThan(128);
  await expect.poll(() => painted(page), { interval: 20, timeout: 20_000 }).toBeGreaterThan(before);
});
