/** Going through a page with the tab key, as who has no pointer does. */
import type { Locator, Page } from "playwright-core";

const MOST_STOPS = 80;

/** Presses Tab until `target`, or something in it, has the focus. @throws when it never gets it. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element.contains(document.activeElement))) return;
  }
  throw new Error(`expected to reach ${target} within ${MOST_STOPS} stops`);
}

export async function pressTimes(page: Page, key: string, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await page.keyboard.press(key);
}
