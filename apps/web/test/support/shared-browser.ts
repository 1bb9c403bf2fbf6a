/**
 * The browser of all tests of a process, for the tests of one file. Visitors have contexts of their own. A process has its own browser: one that
 * is served to several hears and says everything twice, through a socket.
 */
import { launchChromium } from "@pixelcnn/software-gpu";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { isKept } from "./kept-page.ts";
import { PLAIN_NAME } from "./plain-name.ts";

let launched: Promise<Browser> | null = null;

/** @returns the browser, once a test or a later set-up runs. It ends with the process. */
export function sharedBrowser(): () => Browser {
  let browser: Browser;
  beforeAll(async () => {
    launched ??= launchChromium({ args: [`--host-resolver-rules=MAP ${PLAIN_NAME} 127.0.0.1`] });
    browser = await launched;
  });
  // What a test that failed has left open.
  afterAll(async () => {
    const left = (browser?.contexts() ?? []).filter((context) => !isKept(context));
    await Promise.all(left.map((context) => context.close()));
  });
  return () => browser;
}
