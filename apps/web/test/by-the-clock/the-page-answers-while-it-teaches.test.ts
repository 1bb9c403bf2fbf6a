/** While a model learns, the page answers a pen and a button at once. */
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { longestTask } from "../support/longest-task.ts";
import { withSite } from "../support/with-site.ts";

const site = withSite();

interface Timings {
  /** What all handlers of an event took together, ms. */
  readonly handlers: number[];
  /** From an event to the next paint, ms. */
  readonly paints: number[];
}

/** Watches every event of pen and keys from now on. */
async function watch(page: Page): Promise<void> {
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

const timingsOf = (page: Page) => page.evaluate(() => (window as unknown as { timings: Timings }).timings);

function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))]!;
}

/** Zigzags through some cells, as a hand would. */
async function scribble(page: Page): Promise<void> {
  for (const cell of [0, 3, 7]) {
    const box = (await page.getByRole("application").nth(cell).boundingBox())!;
    await page.mouse.move(box.x + 10, box.y + 10);
    await page.mouse.down();
    for (let i = 1; i <= 12; i++) {
      await page.mouse.move(box.x + 10 + (i % 2) * 60, box.y + 10 + i * 5, { steps: 3 });
    }
    await page.mouse.up();
  }
}

it("the page answers a pen and Pause at once", {
  timeout: 120_000,
}, async () => {
  const { page } = await site.openAnew("/teach/", { viewport: { width: 1440, height: 900 } });
  await page.getByRole("button", { name: "Fill with examples" }).click();
  await watch(page);
  await page.getByRole("button", { name: "Teach", exact: true }).click();
  await page.getByText(/^Step \d+/).waitFor();
  // The first round is traced, the second is not: a trace is tens of megabytes.
  const { tasks, longestMs } = await longestTask(page, () => scribble(page));
  await scribble(page);
  const stoppedMs = await page.evaluate(async () => {
    const buttons = () => [...document.querySelectorAll("button")].map(({ textContent }) => textContent);
    const pause = [...document.querySelectorAll("button")].find((button) => button.textContent === "Pause")!;
    const begun = performance.now();
    pause.click();
    while (!buttons().includes("Go on")) await new Promise((later) => setTimeout(later));
    return performance.now() - begun;
  });
  const stepMs = Number((await page.getByText(/^Step \d+/).textContent())!.match(/, (\d+) ms each/)![1]);
  const { handlers, paints } = await timingsOf(page);
  expect(tasks).toBeGreaterThan(200);
  // Half of what a visitor may wait: other machines are slower.
  expect(longestMs).toBeLessThan(50);
  expect(handlers.length).toBeGreaterThan(200);
  expect(percentile(handlers, 0.95)).toBeLessThan(4);
  expect(percentile(paints, 0.95)).toBeLessThan(100);
  expect(stepMs).toBeLessThanOrEqual(100);
  expect(stoppedMs).toBeLessThan(stepMs + 100);
});
