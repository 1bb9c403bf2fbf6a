/** Draws again and again in one page, and says what is left in its memory: nothing that was drawn before should be. */
import type { Page } from "playwright-core";
import { usedBytes } from "./used-bytes.ts";

/** 100 pictures of the smallest model: 16 steps of 25,600 bytes each, however slow the machine is. */
export const DRAWING = "/generate/?model=glyphs&count=100&seed=1&sampler=incremental";
/** Before the first look: code is compiled, buffers are made. */
const FIRST_DRAWINGS = 3;

/**
 * @param page shows {@link DRAWING}, without motion.
 * @param hasEnough asked after every drawing but the last; true for no more.
 * @returns the drawings made, and bytes that they left in the page after everything unused was collected.
 */
export async function drawAgain(
  page: Page,
  drawings: number,
  hasEnough: () => boolean = () => false,
): Promise<{ readonly drawings: number; readonly leftBytes: number }> {
  const session = await page.context().newCDPSession(page);
  await page.waitForSelector('main [data-drawing="done"]');
  for (let drawing = 0; drawing < FIRST_DRAWINGS; drawing++) await draw(page);
  const before = await usedBytes(session);
  let made = 0;
  do {
    await draw(page);
    made += 1;
  } while (made < drawings && !hasEnough());
  const after = await usedBytes(session);
  await session.detach();
  return { drawings: made, leftBytes: after - before };
}

/** A drawing begins when the wall is no longer done, and ends when it is done again. */
async function draw(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const wall = document.querySelector<HTMLElement>("main [data-drawing]")!;
    const again = [...document.querySelectorAll("button")].find((button) => button.textContent === "Again")!;
    await new Promise<void>((resolve) => {
      let hasBegun = false;
      const observer = new MutationObserver(() => {
        const isDone = wall.dataset.drawing === "done";
        hasBegun ||= !isDone;
        if (!hasBegun || !isDone) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(wall, { attributeFilter: ["data-drawing"] });
      again.click();
    });
  });
}
