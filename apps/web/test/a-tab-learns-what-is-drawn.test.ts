/** The gate of Teach: ten drawings that are no digits are learnt before one's eyes, and Pause stops it at once. */
import type { Download, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { EXAMPLES } from "../src/state/teaching/examples.ts";
import { EDGE } from "../src/workers/teaching/drawing.ts";
import { judge } from "../src/workers/teaching/judge.ts";
import { PICTURE } from "../src/workers/teaching/lesson.ts";
import { rasterise } from "../src/workers/teaching/rasterise.ts";
import { withSite } from "./support/with-site.ts";

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
        const samples = [...cells.querySelectorAll<HTMLCanvasElement>("canvas[role=img]:first-child")];
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

const seenBy = (page: Page) => page.evaluate(() => (window as unknown as { seen: Seen }).seen);

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

/** Draws with the mouse what the strokes say. */
async function draw(page: Page): Promise<void> {
  for (const [cell, { drawing }] of EXAMPLES.entries()) {
    const box = (await page.getByRole("application").nth(cell).boundingBox())!;
    for (const stroke of drawing) {
      for (let i = 0; i + 1 < stroke.length; i += 2) {
        await page.mouse.move(
          box.x + (stroke[i]! / EDGE) * box.width,
          box.y + (stroke[i + 1]! / EDGE) * box.height,
          { steps: i === 0 ? 1 : 3 },
        );
        if (i === 0) await page.mouse.down();
      }
      await page.mouse.up();
    }
  }
}

describe("ten drawings that are no digits", () => {
  it("are drawn by the model within half a minute, and not before it has learnt", {
    timeout: 120_000,
  }, async () => {
    const { page } = await site.open("/teach/", { viewport: { width: 1440, height: 900 } });
    await page.getByRole("application").first().waitFor();
    await draw(page);
    await watch(page);
    await page.getByRole("button", { name: "Teach", exact: true }).click();
    const begun = performance.now();
    const best = async () => Math.max(0, ...Object.values(await seenBy(page)).map(named));
    await expect.poll(best, { timeout: WITHIN_MS, interval: 1000 }).toBeGreaterThanOrEqual(5);
    expect(performance.now() - begun).toBeLessThan(WITHIN_MS);
    expect(named((await seenBy(page))["0"]!)).toBe(0);

    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Go on" }).waitFor();
    await page.getByText(/recognised came at step \d+/).waitFor();
    const steps = page.getByText(/^Step \d+/);
    const text = await steps.textContent();
    await page.waitForTimeout(500);
    expect(await steps.textContent()).toBe(text);
  });
});

const canvasOf = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

/** The step that the page tells of. */
async function stepOf(page: Page): Promise<number> {
  return Number((await page.getByText(/^Step \d+/).textContent())!.match(/Step (\d+)/)![1]);
}

/** The browser is another process: it sends what it saved. */
async function bytesOf(download: Download): Promise<Buffer> {
  return Buffer.concat(await (await download.createReadStream()).toArray());
}

/** Draws a line in the first cell. */
async function drawLine(page: Page): Promise<void> {
  const cell = page.getByRole("application").first();
  await cell.focus();
  for (const key of [
    " ",
    ...Array<string>(5).fill("ArrowRight"),
    ...Array<string>(5).fill("ArrowDown"),
    " ",
  ]) {
    await cell.press(key);
  }
}

describe("a drawing", () => {
  it("made on the first page, with the keyboard, goes along to Teach, and is there after a reload", async () => {
    const { page } = await site.open("/");
    await drawLine(page);
    await page.getByRole("application", { name: "Your drawing, strokes: 1" }).waitFor();
    await page.getByRole("link", { name: "Teach" }).last().click();
    const cell = page.getByRole("application", { name: "Drawing 1 of 10, 1 stroke" });
    await cell.waitFor();
    const drawn = await canvasOf(page, "[role=application]");
    await page.reload();
    await cell.waitFor();
    expect(await canvasOf(page, "[role=application]")).toBe(drawn);
    await cell.press("Delete");
    await page.getByRole("application", { name: "Drawing 1 of 10, empty" }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await cell.waitFor();
  });

  it("goes with a link, and what was learnt stays over a reload until it is forgotten", {
    timeout: 120_000,
  }, async () => {
    const { page } = await site.open("/teach/");
    await drawLine(page);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("The link is copied").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole("button", { name: "Teach", exact: true }).click();
    await page.getByText(/^Step \d+/).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Go on" }).waitFor();
    const before = await stepOf(page);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "How it grew (GIF)" }).click();
    const gif = await bytesOf(await download);
    expect(gif.subarray(0, 6).toString()).toBe("GIF89a");
    await page.reload();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByText(/^Step \d+/).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Go on" }).waitFor();
    expect(await stepOf(page)).toBeGreaterThan(before);
    await page.getByRole("button", { name: "Forget" }).click();
    await page.reload();
    await page.getByRole("button", { name: "Teach", exact: true }).waitFor();

    const { page: other } = await site.open(link.slice(new URL(link).origin.length));
    await other.getByText("These drawings came with the link").waitFor();
    expect(await canvasOf(other, "[role=application]")).toBe(await canvasOf(page, "[role=application]"));
  });
});
