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
}

/** @param serve another server than that of the plain files. */
export function withSite(
  serve: () => Promise<Pick<Served, "origin" | "close">> = () => serveFiles(out),
): WithSite {
  const browser = sharedBrowser();
  let site: Pick<Served, "origin" | "close">;
  const visitors: Visitor[] = [];
  beforeAll(async () => {
    site = await serve();
  });
  afterEach(async () => {
    const complaints = visitors.flatMap((visitor) => visitor.complaints);
    await Promise.all(visitors.splice(0).map((visitor) => visitor.close()));
    expect(complaints).toEqual([]);
  });
  afterAll(() => site?.close());
  return {
    async open(path, options) {
      const visitor = await visit(browser(), `${site.origin}${path}`, options);
      visitors.push(visitor);
      return visitor;
    },
  };
}
