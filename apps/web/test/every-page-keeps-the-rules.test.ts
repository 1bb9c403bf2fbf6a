/**
 * The site under a path of its host, with the headers that forbid whatever a page may do without: what a page fetches, it finds there. Windows
 * are narrowed and letters enlarged: nothing sticks out.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { headersFor, parseHeaders } from "../server/headers-file.ts";
import { outSubPath, pages, SUB_PATH } from "./support/built-site.ts";
import { serveFiles } from "./support/file-server.ts";
import { findings } from "./support/findings.ts";
import { seeAll, untilDrawn } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const rules = parseHeaders(readFileSync(join(outSubPath, "_headers"), "utf8"));
const site = withSite(() => serveFiles(outSubPath, SUB_PATH, undefined, (path) => headersFor(rules, path)));

/** By how much what is seen has moved since the page was opened, by no doing of the visitor's. */
function layoutShift(page: Page): Promise<number> {
  return page.evaluate(() => {
    let sum = 0;
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: "layout-shift", buffered: true });
    return new Promise<number>((resolve) => {
      // What was buffered is handed over after the next frame.
      requestAnimationFrame(() =>
        setTimeout(() => {
          for (const entry of observer.takeRecords()) {
            const { hadRecentInput, value } = entry as unknown as { hadRecentInput: boolean; value: number };
            if (!hadRecentInput) sum += value;
          }
          resolve(sum);
        }),
      );
    });
  });
}

/** CSS pixels by which the page is wider than its window; what is wider in itself, and is moved in itself, does not count. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

async function fits(page: Page, widths: readonly number[]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 });
    await expect
      .poll(() => overflow(page), { message: `overflow at a width of ${width}` })
      .toBeLessThanOrEqual(0);
  }
}

describe.each(await pages())("%s", (path) => {
  it("works under these headers, does not jump while it loads, shrinks with its window and bears letters of twice the size; axe finds nothing, light or dark", async () => {
    // With nothing in the browser's cache: what comes late is what makes a page jump.
    const { page } = await site.openAnew(`${SUB_PATH}${path}`, { colorScheme: "light" });
    await page.locator("main h1").waitFor();
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => document.fonts.ready);
    if (path !== "/explain/" && path !== "/teach/") await untilDrawn(page);
    // The bound of "good" in Core Web Vitals is 0.1.
    expect(await layoutShift(page)).toBeLessThan(0.02);
    await seeAll(page);
    expect(await findings(page), "light").toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    // Nothing but colours is another one in the dark.
    expect(await findings(page, { runOnly: "cat.color" }), "dark").toEqual([]);
    await fits(page, [360, 1440, 1000, 600, 390]);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    await fits(page, [1440, 1280, 1000, 600, 390]);
  });
});

it("a page that is not there says so, in our own words", async () => {
  const { page, complaints } = await site.open(`${SUB_PATH}/no/such/page/`);
  await page.getByRole("heading", { name: "There is no such page" }).waitFor();
  expect(await findings(page)).toEqual([]);
  // The answer is a 404, which the visitor writes down.
  expect(complaints.splice(0).every((complaint) => complaint.includes("404"))).toBe(true);
});
