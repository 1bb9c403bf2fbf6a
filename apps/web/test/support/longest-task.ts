/**
 * What the page's own thread does at a stretch. In time of the processor, not of the clock: on a machine with fewer cores than threads a task
 * of 2 ms may lie about for 90.
 */
import type { Page } from "playwright-core";

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time of a task, µs. */
  readonly tdur?: number;
}

/** @returns tasks of the page's thread while `act` went on: how many there were, and the processor time of the longest one, ms. */
export async function longestTask(
  page: Page,
  act: () => Promise<void>,
): Promise<{ readonly tasks: number; readonly longestMs: number }> {
  const browser = page.context().browser()!;
  const mark = `traced-${crypto.randomUUID()}`;
  await browser.startTracing(page, { categories: ["toplevel", "blink.user_timing"] });
  let trace: Buffer;
  try {
    // Other tests' pages are in the same browser: the mark tells which thread is ours.
    await page.evaluate((name) => void performance.mark(name), mark);
    await act();
  } finally {
    trace = await browser.stopTracing();
  }
  const events = (JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] })
    .traceEvents;
  const ours = events.find(({ name }) => name === mark)!;
  const tasks = events.filter(
    ({ name, pid, tid }) => name.endsWith("::RunTask") && pid === ours.pid && tid === ours.tid,
  );
  const longestMs = tasks.reduce((most, { tdur = 0 }) => Math.max(most, tdur / 1000), 0);
  return { tasks: tasks.length, longestMs };
}
