import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createSite } from "../server/site.ts";
import { out, pages } from "./support/built-site.ts";
import { listening, type Served } from "./support/file-server.ts";
import { sharedBrowser } from "./support/shared-browser.ts";
import { visit } from "./support/visitor.ts";

const browser = sharedBrowser();
let site: Omit<Served, "sent">;
beforeAll(async () => {
  site = await listening(createSite({ out, runs: join(out, "no-runs") }));
});
afterAll(() => site?.close());

async function headersOf(path: string): Promise<Headers> {
  const { headers } = await fetch(`${site.origin}${path}`);
  return headers;
}

const everywhere = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
};

const allPages = await pages();

describe("headers", () => {
  it.each([
    ...allPages,
    "/generate",
    "/generate/index.html",
    "/no/such/page/",
    "/runs/index.json",
    "/runs/none",
  ])("%s", async (path) => {
    expect(Object.fromEntries(await headersOf(path))).toMatchObject(everywhere);
  });

  it.each([...allPages, "/explain", "/explain/index.html"])(
    "%s comes with the policy of its page",
    async (path) => {
      const html = await (await fetch(`${site.origin}${path}`)).text();
      const [, policy] = html.match(/http-equiv="Content-Security-Policy" content="([^"]+)"/)!;
      expect((await headersOf(path)).get("content-security-policy")).toContain(policy);
    },
  );

  it("a missing page comes with that of the page that says so", async () => {
    const html = await readFile(join(out, "404.html"), "utf8");
    const [, policy] = html.match(/http-equiv="Content-Security-Policy" content="([^"]+)"/)!;
    expect((await headersOf("/no/such/page/")).get("content-security-policy")).toContain(policy);
  });

  it("a worker, which has no page's policy, comes with its own", async () => {
    const [script] = (await readdir(join(out, "_next/static/chunks"))).filter((name) => name.endsWith(".js"));
    const policy = (await headersOf(`/_next/static/chunks/${script}`)).get("content-security-policy");
    expect(policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'");
  });

  it("what has the hash of its contents in its name is kept for good, and a page is asked for anew", async () => {
    const [script] = await readdir(join(out, "_next/static/chunks"));
    const kept = await headersOf(`/_next/static/chunks/${script}`);
    expect(kept.get("cache-control")).toBe("public, max-age=31536000, immutable");
    for (const path of ["/", "/service-worker.js", "/no/such/page/", "/_next/static/gone.js"])
      expect((await headersOf(path)).get("cache-control") ?? "no-cache").toBe("no-cache");
  });
});

// That every page works under them is seen where they keep the rules: every-page-keeps-the-rules.
describe("under these headers", () => {
  it("no page shows the site in a frame", async () => {
    const html = `<title>Elsewhere</title><iframe src="${site.origin}/generate/"></iframe>`;
    const other = await listening(
      createServer((_, response) => response.writeHead(200, { "Content-Type": "text/html" }).end(html)),
    );
    const { page, close } = await visit(browser(), `${other.origin}/`);
    onTestFinished(async () => {
      await close();
      other.close();
    });
    await expect.poll(() => page.frames()[1]?.url()).toBe("chrome-error://chromewebdata/");
  });
});
