/** After one visit the site needs no network: the service worker keeps what the build made, and what was looked at; runs it never keeps. */
import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Page } from "playwright-core";
import { expect, it, onTestFinished } from "vitest";
import { createSite } from "../server/site.ts";
import { out, pages } from "./support/built-site.ts";
import { drawnByCore, inTurn } from "./support/core-pictures.ts";
import { listening } from "./support/file-server.ts";
import { sharedBrowser } from "./support/shared-browser.ts";
import { untilDrawn, visit, wallBytes } from "./support/visitor.ts";

const browser = sharedBrowser();

/** Addresses that the service worker keeps, relative to the site. */
async function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
}

it("the list is that of the build: every chunk, page and text of a route, and no run", async () => {
  const script = await readFile(join(out, "service-worker.js"), "utf8");
  const { version, files } = JSON.parse(script.match(/^const BUILT = (.+);$/m)![1]!);
  expect(version).toMatch(/^[0-9a-f]{16}$/);
  const made = (await readdir(out, { recursive: true })).map((file) => file.split(sep).join("/"));
  const chunks = made.filter((file) => /^_next\/.+\.(js|css|wasm|woff2|safetensors)$/.test(file));
  const texts = made.filter((file) => /(^|\/)index\.txt$/.test(file) && !file.startsWith("_not-found/"));
  expect(chunks.length).toBeGreaterThan(50);
  const wanted = [...chunks, ...texts, ...(await pages()).map((path) => path.slice(1))];
  expect(files).toEqual(expect.arrayContaining(wanted));
  expect(files).toEqual(expect.arrayContaining(["models/manifest.json", "models/glyphs.safetensors"]));
  expect(files.filter((file: string) => /^(runs|_headers|service-worker)/.test(file))).toEqual([]);
});

it("every view works after the server has gone", async () => {
  const site = await listening(createSite({ out, runs: join(out, "no-runs") }));
  const { page, complaints, close } = await visit(browser(), `${site.origin}/?seed=2`, {
    serviceWorkers: "allow",
  });
  onTestFinished(async () => {
    await close();
    site.close();
  });
  await page.evaluate(() => navigator.serviceWorker.ready);
  // Fetched with the worker already there: no part of the build's list.
  await page.goto(`${site.origin}/generate/?model=mnist-binary&seed=3&count=1`);
  await untilDrawn(page);
  await expect.poll(() => kept(page)).toContain("/models/mnist-binary.safetensors");
  expect((await kept(page)).filter((path) => path.startsWith("/runs"))).toEqual([]);
  expect(complaints).toEqual([]);

  site.close();
  await page.context().setOffline(true);
  await expect(fetch(site.origin)).rejects.toThrow();
  await page.goto(`${site.origin}/?seed=2`);
  await untilDrawn(page);
  expect(await wallBytes(page)).toEqual(
    await drawnByCore("glyphs", { seed: 2, classLabel: inTurn(50), count: 50 }),
  );
  // A card of a model that was never fetched says so itself, and nothing floats over the page.
  const card = page.getByRole("article", { name: "Little figures for a game" });
  await card.scrollIntoViewIfNeeded();
  await card.getByText("This model was not looked at yet; it needs the network once.").waitFor();
  expect(await page.getByText("could not be fetched").count()).toBe(0);
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Teach" }).click();
  await page.getByRole("button", { name: "Fill with examples" }).click();
  await page.getByRole("button", { name: "Teach", exact: true }).click();
  await page.getByText(/^Step \d+/).waitFor();
  const before = complaints.length;
  const nowhere = await page.goto(`${site.origin}/nowhere/`);
  expect(nowhere!.status()).toBe(404);
  await page.getByRole("heading", { level: 1 }).waitFor();
  // As it should, and not as the browser's own page.
  complaints.splice(before);
  // The first page was there already; what draws comes last, so that its pictures can be seen.
  const others = (await pages()).filter((path) => path !== "/" && path !== "/generate/");
  for (const path of [...others, "/generate/"]) {
    await page.goto(`${site.origin}${path}?model=mnist-binary&seed=3&count=1`);
    await page.locator("main canvas").first().waitFor();
  }
  await untilDrawn(page);
  expect(await wallBytes(page)).toEqual(await drawnByCore("mnist-binary", { seed: 3, count: 1 }));
  // What the page asks of a server that is gone is asked in vain, and nothing else goes wrong.
  const isOfTheNetwork = (complaint: string) =>
    complaint.startsWith("console: Failed to load resource: net::");
  expect(complaints.filter((complaint) => !isOfTheNetwork(complaint))).toEqual([]);
});
