import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Run = (options: RunOptions) => Promise<AxeResults>;

/**
 * What axe finds, one line a finding. The script is evaluated by the debugger, which the page's policy does not stop.
 *
 * @param options which rules; all by default.
 */
export async function findings(page: Page, options: RunOptions = {}): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  return page.evaluate(async (given) => {
    const { axe } = window as unknown as { axe: { run: Run } };
    // What is in order is neither described nor handed over: that is a hundred times as much.
    const { violations } = await axe.run({ ...given, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`),
    );
  }, options);
}
