/** The built site on a plain file server, for the tests of one file. */
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { out } from "./built-site.ts";
import { type Served, serveFiles } from "./file-server.ts";
import { sharedBrowser } from "./shared-browser.ts";
import { type Visitor, visit } from "./visitor.ts";

interface WithSite {
  /** Opens a page; after the test nothing may have gone wrong on it, and it is closed. */
  open(path: string, options?: BrowserContextOptions): Promise<Visitor>;
  /**
   * A page that stays open for the tests that follow, for those that touch different parts of it: what a page costs is its beginning. One that
   * a test has failed on is opened anew, and so is one of another address. After every test nothing may have gone wrong on it.
   */
  openForAll(path: string): Promise<Visitor>;
}

/** @param serve another server than that of the plain files. */
export function withSite(
  serve: () => Promise<Pick<Served, "origin" | "close">> = () => serveFiles(out),
): WithSite {
  const browser = sharedBrowser();
  let site: Pick<Served, "origin" | "close">;
  const visitors: Visitor[] = [];
  let kept: { readonly path: string; readonly visitor: Visitor } | null = null;
  const forget = async () => {
    const page = kept;
    kept = null;
    await page?.visitor.close();
  };
  beforeAll(async () => {
    site = await serve();
  });
  afterEach(async ({ task }) => {
    const complaints = visitors.flatMap((visitor) => visitor.complaints);
    if (kept !== null) complaints.push(...kept.visitor.complaints.splice(0));
    if (task.result?.state === "fail" || complaints.length > 0) await forget();
    await Promise.all(visitors.splice(0).map((visitor) => visitor.close()));
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await forget();
    site?.close();
  });
  return {
    async open(path, options) {
      const visitor = await visit(browser(), `${site.origin}${path}`, options);
      visitors.push(visitor);
      return visitor;
    },
    async openForAll(path) {
      if (kept?.path === path) return kept.visitor;
      await forget();
      const visitor = await visit(browser(), `${site.origin}${path}`);
      kept = { path, visitor };
      return visitor;
    },
  };
}
