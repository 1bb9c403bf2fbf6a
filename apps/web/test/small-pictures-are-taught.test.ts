/** Teach: small pictures that are dropped take the drawings' place. */
import { encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { dropFiles } from "./support/drop-file.ts";
import { drawLine } from "./support/teach-page.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

/** A letter, a sprite, an icon: dark or light on its ground, or cut out. */
function smallPicture(which: number): Uint8Array {
  const side = [8, 16, 24, 48][which % 4]!;
  const isCutOut = which % 3 === 0;
  const channels = isCutOut ? 4 : 3;
  const data = new Uint8Array(side * side * channels);
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [(i % side) / side, Math.floor(i / side) / side];
    const isInk = x > 0.2 && x < 0.4 + 0.05 * (which % 5) && y > 0.2 && y < 0.8;
    // Dark on light, light on dark, and red on nothing.
    const value = isInk === (which % 2 === 0) ? 20 : 230;
    data.set(isCutOut ? [200, 0, 0, isInk ? 255 : 0] : [value, value, value], i * channels);
  }
  return encode({ width: side, height: side, channels, data });
}

const pictures = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    name: `sprite-${i + 1}.png`,
    type: "image/png",
    bytes: smallPicture(i),
  }));
const INVITATION = "Drop 10 to 200 small pictures to teach them";

describe("small pictures that are dropped", () => {
  it("lie in the cells in their order, as ink on black, and are learnt; Clear brings the drawings back", {
    timeout: 120_000,
  }, async () => {
    const { page } = await site.openForAll("/teach/");
    await drawLine(page);
    const bad = { name: "sprite-99.png", type: "image/png", bytes: Buffer.from("\x89PNG nothing") };
    await dropFiles(page, [...pictures(20), bad], INVITATION);
    await page.getByText("1 of 21 cannot be used: sprite-99.png is no picture").waitFor();
    const cell = page.getByRole("img", { name: "Cell 1 of 10, 2 pictures" });
    await cell.waitFor();
    // The ink of both is white, whatever it was made of; what is around is black.
    const shades = await cell.evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const context = canvas.getContext("2d")!;
      const at = (x: number, y: number) => context.getImageData(x, y, 1, 1).data[0]!;
      return [at(10, 16), at(2, 2), at(32 + 10, 16), at(32 + 2, 2)];
    });
    expect(shades).toEqual([255, 0, 255, 0]);
    // Nothing can be drawn on them.
    await page
      .getByText("Press Teach. Clear puts the pictures away and brings your drawings back.")
      .waitFor();
    await page.getByRole("button", { name: "Teach", exact: true }).click();
    await page.getByText(/^Step \d+/).waitFor();
    await page.getByRole("button", { name: "Inspect what the model draws for 10, sample 2" }).waitFor();
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("too much for a link").waitFor();
    await page.getByRole("button", { name: "Forget" }).click();
    await page.getByRole("button", { name: "Really forget it?" }).click();
    await page.reload();
    await cell.waitFor();
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("application", { name: "Drawing 1 of 10, 1 stroke" }).waitFor();
  });

  it("are refused with one line when they are too few, too many, or too large", async () => {
    const { page } = await site.openForAll("/teach/");
    await page.getByRole("application").first().waitFor();
    for (const count of [9, 201]) {
      await dropFiles(page, pictures(count), INVITATION);
      await page.getByText(`Teach takes 10 to 200 small pictures at once, got ${count}.`).waitFor();
    }
    const data = new Uint8Array(600 * 600).fill(255);
    const photo = encode({ width: 600, height: 600, channels: 1, data });
    const photos = pictures(10).map((file, i) => (i === 3 ? { ...file, bytes: photo } : file));
    await dropFiles(page, photos, INVITATION);
    await page.getByText("1 of 10 cannot be used: sprite-4.png has 600 × 600 pixels").waitFor();
    expect(await page.getByRole("application").count()).toBe(10);
  });
});
