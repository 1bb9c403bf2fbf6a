/** The built site on a plain file server, for the tests of one file. */
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { out } from "./built-site.ts";
import { type Served, serveFiles } from "./file-server.ts";
import { isKeptPageTaken, type Look, visitKept } from "./kept-page.ts";
import { sharedBrowser } from "./shared-browser.ts";
import { type Visitor, visit } from "./visitor.ts";

type Site = Pick<Served, "origin" | "close">;

interface WithSite {
  /** Opens a page, the kept one unless it is taken; after the test nothing may have gone wrong on it, and it is left. */
  open(path: string, look?: Look): Promise<Visitor>;
  /** The same for a visitor with a new browser, of these options. */
  openAnew(path: string, options?: BrowserContextOptions): Promise<Visitor>;
  /**
   * A page that stays open for the tests that follow, for those that touch different parts of it. One that a test has failed on is opened
   * anew, and so is one of another address or another look (the same object is the same look). After every test nothing may have gone wrong on it.
   */
  openForAll(path: string, look?: Look): Promise<Visitor>;
}

/** The plain files, for all tests of a process: what is compiled for one address is compiled for that one alone. */
let plain: Promise<Site> | null = null;

function plainSite(): Promise<Site> {
  plain ??= serveFiles(out).then(({ origin }) => ({ origin, close() {} }));
  return plain;
}

/** @param serve another server than that of the plain files. */
export function withSite(serve: () => Promise<Site> = plainSite): WithSite {
  const browser = sharedBrowser();
  let site: Site;
  const visitors: Visitor[] = [];
  let stays: { readonly path: string; readonly look: Look | undefined; readonly visitor: Visitor } | null =
    null;
  const leave = async () => {
    const left = stays;
    stays = null;
    await left?.visitor.close();
  };
  const open = async (path: string, look?: Look) => {
    const address = `${site.origin}${path}`;
    const visitor = await (isKeptPageTaken()
      ? visit(browser(), address, look)
      : visitKept(browser(), address, look));
    return visitor;
  };
  beforeAll(async () => {
    site = await serve();
  });
  afterEach(async ({ task }) => {
    const looking = stays === null ? visitors : [...visitors, stays.visitor];
    const complaints = looking.flatMap((visitor) => visitor.complaints.splice(0));
    if (task.result?.state === "fail" || complaints.length > 0) {
      await Promise.all(looking.map(({ page }) => page.context().close()));
      await leave();
    }
    await Promise.all(visitors.splice(0).map((visitor) => visitor.close()));
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await leave();
    site?.close();
  });
  return {
    async open(path, look) {
      await leave();
      const visitor = await open(path, look);
      visitors.push(visitor);
      return visitor;
    },
    async openAnew(path, options) {
      const visitor = await visit(browser(), `${site.origin}${path}`, options);
      visitors.push(visitor);
      return visitor;
    },
    async openForAll(path, look) {
      if (stays?.path === path && stays.look === look) return stays.visitor;
      await leave();
      stays = { path, look, visitor: await open(path, look) };
      return stays.visitor;
    },
  };
}
