/** When something was learnt: the model draws sheet after sheet, and ends what is half drawn. Without WebGPU, from what `glyphs` knows. */
import { expect, it } from "vitest";
import { EXAMPLES } from "../src/state/teaching/examples.ts";
import { PICTURE } from "../src/workers/teaching/lesson.ts";
import { rasterise } from "../src/workers/teaching/rasterise.ts";
import { linkedDrawing } from "./support/completions.ts";
import { untilDrawn, wallBytes } from "./support/visitor.ts";
import { withoutWebGpu } from "./support/without-web-gpu.ts";

const site = withoutWebGpu();

it("draws on and on, as cool as its sheet, until it is told to end; and completes the visitor's first drawing", async () => {
  const { page } = await site.open("/teach/?start=glyphs");
  const said = (name: string) => new URL(page.url()).searchParams.get(name);
  await page.getByRole("button", { name: "Draw for me" }).click();
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
});
