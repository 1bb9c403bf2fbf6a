/** The gate of Teach: ten drawings that are no digits are learnt before one's eyes, and Pause stops it at once. */
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { EXAMPLES } from "../../src/state/teaching/examples.ts";
import { EDGE } from "../../src/workers/teaching/drawing.ts";
import { judge } from "../../src/workers/teaching/judge.ts";
import { PICTURE } from "../../src/workers/teaching/lesson.ts";
import { rasterise } from "../../src/workers/teaching/rasterise.ts";
import { withSite } from "../support/with-site.ts";

const site = withSite();
const WITHIN_MS = 30_000;

/** The red channel of the first sample of every cell, of every sheet that is shown, by step. */
type Seen = Readonly<Record<string, Samples>>;
type Samples = readonly (readonly number[])[];

/** Writes down every sheet from now on. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Record<string, number[][]> = {};
    Object.assign(window, { seen });
    const look = () => {
      const cells = document.querySelector<HTMLElement>("[data-step]");
      const step = cells?.dataset.step;
      if (cells && step !== undefined && !(step in seen)) {
        const samples = [...cells.querySelectorAll<HTMLCanvasElement>("button:first-child:enabled > canvas")];
        seen[step] = samples.map((canvas) => {
          const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
          return Array.from({ length: data.length / 4 }, (_, i) => data[i * 4]!);
        });
      }
      setTimeout(look, 20);
    };
    look();
  });
}

/** What was seen of other steps than `known`. */
function seenBeside(page: Page, known: readonly string[]): Promise<Seen> {
  return page.evaluate((steps) => {
    const { seen } = window as unknown as { seen: Seen };
    return Object.fromEntries(Object.entries(seen).filter(([step]) => !steps.includes(step)));
  }, known);
}

const templates = EXAMPLES.map(({ name, drawing }) => {
  const ink = new Uint8Array(PICTURE.height * PICTURE.width);
  rasterise(ink, drawing, PICTURE);
  return { name, ink };
});

/** Samples that the judge calls by the name of what was drawn in their cell. */
function named(samples: Samples): number {
  const nameOf = (sample: readonly number[]) => judge(sample, templates, PICTURE.width);
  return samples.filter((sample, cell) => nameOf(sample) === EXAMPLES[cell]!.name).length;
}

/** Draws with the mouse what the strokes say, from one of their points to the next. */
async function draw(page: Page): Promise<void> {
  for (const [cell, { drawing }] of EXAMPLES.entries()) {
    const box = (await page.getByRole("application").nth(cell).boundingBox())!;
    for (const stroke of drawing) {
      for (let i = 0; i + 1 < stroke.length; i += 2) {
        await page.mouse.move(
          box.x + (stroke[i]! / EDGE) * box.width,
          box.y + (stroke[i + 1]! / EDGE) * box.height,
        );
        if (i === 0) await page.mouse.down();
      }
      await page.mouse.up();
    }
  }
}

it("ten drawings that are no digits are drawn by the model within half a minute, and not before it has learnt", async () => {
  const { page } = await site.openAnew("/teach/", { viewport: { width: 1440, height: 900 } });
  await page.getByRole("application").first().waitFor();
  await draw(page);
  await watch(page);
  await page.getByRole("button", { name: "Teach", exact: true }).click();
  const begun = performance.now();
  // Of every step once.
  const namedAt: Record<string, number> = {};
  const best = async () => {
    for (const [step, samples] of Object.entries(await seenBeside(page, Object.keys(namedAt))))
      namedAt[step] = named(samples);
    return Math.max(0, ...Object.values(namedAt));
  };
  await expect.poll(best, { timeout: WITHIN_MS, interval: 200 }).toBeGreaterThanOrEqual(5);
  expect(performance.now() - begun).toBeLessThan(WITHIN_MS);
  expect(namedAt["0"]).toBe(0);

  // The page says so more warily: when both samples of a cell are clear, and still are on the next sheet.
  await page.getByText(/recognised came at step \d+/).waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Go on" }).waitFor();
  const steps = page.getByText(/^Step \d+/);
  const text = await steps.textContent();
  await page.waitForTimeout(500);
  expect(await steps.textContent()).toBe(text);
});
