import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { drawnByCore } from "./support/core-pictures.ts";
import { smallestGlyphs } from "./support/untrained-model.ts";
import { withoutWebGpu } from "./support/without-web-gpu.ts";

// Nothing of it needs a GPU, nor motion; and a race runs its network 256 times, however much that computes.
const { model, file } = smallestGlyphs();
const site = withoutWebGpu(new Map([["/models/glyphs.safetensors", file]]));
const link = "/explain/?lot=4#figure-race";

function bytesOf(canvas: Locator): Promise<number[]> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const { data } = (element as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
    return Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]!);
  });
}

describe("the article's race", () => {
  it("ends with the picture that core draws in both lanes, and counts 256 times the arithmetic in one", async () => {
    const { page } = await site.openForAll(link);
    const place = page.locator("#figure-race");
    await place.getByRole("button", { name: "Start the race" }).click();
    await place
      .getByText("all 256 pixels are equal. Without the cache it took 256 times the arithmetic")
      .waitFor();
    const truth = await drawnByCore(model, { seed: 4, classLabel: 4, count: 1 });
    for (const lane of ["The whole network for every pixel", "Every activation once"]) {
      expect(await bytesOf(place.getByRole("region", { name: lane }).locator("canvas"))).toEqual(truth);
    }
  });

  it("is not the only figure that works without a GPU and without motion", async () => {
    const { page } = await site.openForAll(link);
    await page.locator("#figure-hidden").scrollIntoViewIfNeeded();
    const done = page.locator('#figure-hidden [data-drawing="done"]');
    await expect.poll(() => done.count()).toBe(2);
    await page.locator("#figure-sequence").getByText("The picture so far").waitFor();
    await page.locator("#figure-kernel").scrollIntoViewIfNeeded();
    await page.locator("#figure-kernel").getByText("nats per picture").waitFor();
    expect(await page.evaluate(() => "gpu" in navigator)).toBe(false);
  });
});
