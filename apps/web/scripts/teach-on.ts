/** Teaches the examples on and on in one page, and says what is left in its memory: curves and sheets are thinned out, so it must not grow. */
import type { Page } from "playwright-core";
import { usedBytes } from "./used-bytes.ts";

export const LESSON = "/teach/";

/** Before the first look: code is compiled, the first sheets are there. */
const SETTLE_MS = 1_500;

/**
 * @param page shows {@link LESSON}.
 * @param seconds how long it is watched.
 * @returns steps done, and bytes by which the page grew after everything unused was collected.
 */
export async function teachOn(
  page: Page,
  seconds: number,
): Promise<{ readonly steps: number; readonly leftBytes: number }> {
  const session = await page.context().newCDPSession(page);
  await page.getByRole("button", { name: "Fill with examples" }).click();
  await page.getByRole("button", { name: "Teach", exact: true }).click();
  const progress = page.getByText(/^Step \d+/);
  await progress.waitFor();
  await page.waitForTimeout(SETTLE_MS);
  const before = await usedBytes(session);
  await page.waitForTimeout(1000 * seconds);
  const after = await usedBytes(session);
  const steps = Number((await progress.textContent())!.match(/Step (\d+)/)![1]);
  await session.detach();
  return { steps, leftBytes: after - before };
}
