/** What a page of Teach shows, sheet by sheet. */
import type { Page } from "playwright-core";

/** The red channel of the first sample of every cell, of every sheet that is shown, by step. */
export type Seen = Readonly<Record<string, Samples>>;
export type Samples = readonly (readonly number[])[];

/** Writes down every sheet from now on. */
export async function watchSheets(page: Page): Promise<void> {
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
export function seenBeside(page: Page, known: readonly string[]): Promise<Seen> {
  return page.evaluate((steps) => {
    const { seen } = window as unknown as { seen: Seen };
    return Object.fromEntries(Object.entries(seen).filter(([step]) => !steps.includes(step)));
  }, known);
}
