/**
 * One page of a process, which one visitor after the other looks at: what a page costs is its beginning, a renderer that is new and
 * scripts that it fetches and compiles. The next visitor finds these, and nothing else that was left: no storage, no permission, no route.
 */
import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Page } from "playwright-core";
import { DEVICE, listen, newContext, newPage, type Visitor } from "./visitor.ts";

/** What a page can be told when it is there already. */
export type Look = Pick<BrowserContextOptions, "viewport" | "reducedMotion" | "forcedColors" | "colorScheme">;

const PLAIN = { ...DEVICE, forcedColors: "none", colorScheme: "light" } as const;

let page: Page | null = null;
let session: CDPSession;
let isTaken = false;

/** Somebody looks at it. */
export const isKeptPageTaken = () => isTaken;
export const isKept = (context: BrowserContext) => context === page?.context();

/** Looks at the page of this address until `close`. After a test that failed, close its context: the next visitor has a new one. */
export async function visitKept(browser: Browser, address: string, look: Look = {}): Promise<Visitor> {
  isTaken = true;
  const { viewport, ...media } = { ...PLAIN, ...look };
  const open = await openPage(browser);
  if (viewport) await open.setViewportSize(viewport);
  await open.emulateMedia(media);
  const { complaints, stop } = listen(open, address);
  await open.goto(address);
  const close = async () => {
    stop();
    await leave(open, new URL(address).origin);
    isTaken = false;
  };
  return { page: open, complaints, close };
}

async function openPage(browser: Browser): Promise<Page> {
  if (page !== null && !page.isClosed()) return page;
  const context = await newContext(browser);
  page = await newPage(context);
  session = await context.newCDPSession(page);
  return page;
}

async function leave(left: Page, origin: string): Promise<void> {
  if (left.isClosed()) return;
  await left.unrouteAll();
  await left.context().unrouteAll();
  await left.context().clearPermissions();
  await left.mouse.move(-1, -1);
  // First it goes: what is still at work would keep more.
  await left.goto("about:blank");
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
}
