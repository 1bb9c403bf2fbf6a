import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { pages } from "./support/built-site.ts";
import { seeAll } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const site = withSite();

/** What axe finds, one line a finding. The script is evaluated by the debugger, which the page's policy does not stop. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`),
  );
}

describe.each(await pages())("%s", (path) => {
  it.each(["light", "dark"] as const)("axe finds nothing in the %s scheme", async (colorScheme) => {
    const { page } = await site.open(path, { colorScheme });
    await page.locator("main h1").waitFor();
    await seeAll(page);
    expect(await findings(page)).toEqual([]);
  });

  it("does not jump while it loads", async () => {
    const { page } = await site.open(path);
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
              const { hadRecentInput, value } = entry as unknown as {
                hadRecentInput: boolean;
                value: number;
              };
              if (!hadRecentInput) sum += value;
            }
          }).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => resolve(sum), 3000);
        }),
    );
    // The bound of "good" in Core Web Vitals is 0.1.
    expect(shift).toBeLessThan(0.02);
  });
});

it("a page that is not there says so, in our own words", async () => {
  const { page, complaints } = await site.open("/no/such/page/");
  await page.getByRole("heading", { name: "There is no such page" }).waitFor();
  expect(await findings(page)).toEqual([]);
  // The answer is a 404, which the visitor writes down.
  expect(complaints.splice(0).every((complaint) => complaint.includes("404"))).toBe(true);
});
