/** The browser of all tests, for the tests of one file. Visitors have contexts of their own. */
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, inject } from "vitest";

/** @returns the browser, once a test or a later set-up runs. */
export function sharedBrowser(): () => Browser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.connect(inject("browserEndpoint"));
  });
  // Only this file's connection and contexts: the browser is served to others as well.
  afterAll(() => browser?.close());
  return () => browser;
}
