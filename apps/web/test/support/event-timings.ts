/** How long a page takes to answer its visitor. */
import type { Page } from "playwright-core";

export interface Timings {
  /** What all handlers of an event took together, ms. */
  readonly handlers: number[];
  /** From an event to the next paint, ms. */
  readonly paints: number[];
}

/** Watches every event of pen and keys from now on. */
export async function watchEvents(page: Page): Promise<void> {
  await page.evaluate(() => {
    const timings: Timings = { handlers: [], paints: [] };
    Object.assign(window, { timings });
    for (const kind of ["pointerdown", "pointermove", "pointerup", "keydown", "click"]) {
      let begun = 0;
      // The window hears of an event first, and last.
      window.addEventListener(
        kind,
        () => {
          begun = performance.now();
        },
        { capture: true },
      );
      window.addEventListener(kind, ({ timeStamp }) => {
        timings.handlers.push(performance.now() - begun);
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => timings.paints.push(performance.now() - timeStamp);
          port2.postMessage(null);
        });
      });
    }
  });
}

/** What was written down since {@link watchEvents}. */
export const timingsOf = (page: Page) =>
  page.evaluate(() => (window as unknown as { timings: Timings }).timings);

export function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))]!;
}
