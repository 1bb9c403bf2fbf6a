/** What the page of Teach shows. */
import type { Page } from "playwright-core";

/** What a canvas shows, as an address. */
export const canvasOf = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

/** The step that the page tells of. */
export async function stepOf(page: Page): Promise<number> {
  return Number((await page.getByText(/^Step \d+/).textContent())!.match(/Step (\d+)/)![1]);
}

/** Draws a line in the first cell. */
export async function drawLine(page: Page): Promise<void> {
  const cell = page.getByRole("application").first();
  await cell.focus();
  for (const key of [
    " ",
    ...Array<string>(5).fill("ArrowRight"),
    ...Array<string>(5).fill("ArrowDown"),
    " ",
  ]) {
    // The cell keeps the focus: it need not be looked for at every key.
    await page.keyboard.press(key);
  }
}
