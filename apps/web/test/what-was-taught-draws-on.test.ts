/** When something was learnt: the model draws sheet after sheet, and ends what is half drawn. Without WebGPU, from what `glyphs` knows. */
import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import { EXAMPLES } from "../src/state/teaching/examples.ts";
import { PICTURE } from "../src/workers/teaching/lesson.ts";
import { rasterise } from "../src/workers/teaching/rasterise.ts";
import { linkedDrawing } from "./support/completions.ts";
import { untilDrawn, wallBytes } from "./support/visitor.ts";
import { withoutWebGpu } from "./support/without-web-gpu.ts";

const site = withoutWebGpu();

function redOf(canvas: Locator): Promise<number[]> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const { data } = (element as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
    return [...data.filter((_, i) => i % 4 === 0)];
  });
}

it("draws on and on, as cool as its sheet, until it is told to end; and completes the visitor's first drawing", async () => {
  const { page } = await site.open("/teach/?start=glyphs");
  const said = (name: string) => new URL(page.url()).searchParams.get(name);
  await page.getByRole("button", { name: "Fill with examples" }).click();
  await page.getByRole("button", { name: "Teach", exact: true }).click();
  await page.getByText(/^Step \d+/).waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Draw on and on" }).click();
  await page.waitForURL(/\/generate\//);
  await untilDrawn(page);
  const first = await wallBytes(page);
  expect([said("model"), said("temperature")]).toEqual(["file:my-drawings", "0.8"]);
  await expect.poll(() => Number(said("seed"))).toBeGreaterThan(1);
  const onAndOn = page.getByRole("button", { name: "On and on" });
  expect(await onAndOn.getAttribute("aria-pressed")).toBe("true");
  await onAndOn.click();
  await page.waitForURL((url) => !url.searchParams.has("forever"));
  await untilDrawn(page);
  expect(await wallBytes(page)).not.toEqual(first);
  const last = said("seed");
  await page.waitForTimeout(2500);
  expect(said("seed")).toBe(last);

  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Teach" }).click();
  await page.getByRole("button", { name: "Complete a drawing" }).click();
  await page.waitForURL(/\/complete\//);
  await untilDrawn(page);
  const heart = new Uint8Array(PICTURE.height * PICTURE.width);
  rasterise(heart, EXAMPLES[0]!.drawing, PICTURE);
  expect(await linkedDrawing(page, "glyphs")).toEqual(heart);

  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Teach" }).click();
  const sample = page.getByRole("button", { name: "Inspect what the model draws for 3, sample 2" });
  const shown = await redOf(sample.locator("canvas"));
  await sample.click();
  await page.waitForURL(/\/inspect\/\?model=file%3Amy-drawings&temperature=0\.8&seed=1&picture=12&class=2$/);
  // Nothing was learnt since it was drawn, or little.
  const drawn = page.getByRole("radio", { name: "Drawn picture 13" });
  await drawn.waitFor({ state: "attached" });
  await untilDrawn(page);
  const same = (await redOf(page.locator("label", { has: drawn }).locator("canvas"))).filter(
    (level, i) => level === shown[i],
  );
  expect(same.length).toBeGreaterThan(0.7 * shown.length);

  // What is taught next takes no other one's place.
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Teach" }).click();
  await page.getByRole("button", { name: "Forget" }).click();
  await page.getByRole("button", { name: "Really forget it?" }).click();
  await page.getByRole("button", { name: "Teach", exact: true }).click();
  await page.getByText(/^Step \d+/).waitFor();
  await page.getByRole("button", { name: "Draw on and on" }).click();
  await page.waitForURL(/\/generate\//);
  expect(said("model")).toBe("file:my-drawings-2");
  await page.getByRole("option", { name: "my-drawings", exact: true }).waitFor({ state: "attached" });
});
