/**
 * Every page of the built site, light and dark, on a desktop and on a phone, for people to look at; with --readme the pictures of
 * the README instead. Usage: take-screenshots.ts [--readme] [--runs <folder>] [folder]
 */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launchChromium } from "@pixelcnn/software-gpu";
import type { Page } from "playwright-core";
import { createSite } from "../server/site.ts";
import { views } from "../src/shell/views.ts";

const out = fileURLToPath(new URL("../out", import.meta.url));
const images = fileURLToPath(new URL("../../../docs/images", import.meta.url));
const { values, positionals } = parseArgs({
  options: { readme: { type: "boolean", default: false }, runs: { type: "string", default: "no-runs" } },
  allowPositionals: true,
});
const folder = resolve(process.env.INIT_CWD ?? ".", positionals[0] ?? "screenshots");

const screens = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

const server = createSite({ out, runs: resolve(process.env.INIT_CWD ?? ".", values.runs) });
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
const { port } = server.address() as { port: number };
const browser = await launchChromium();
try {
  await (values.readme ? takeForReadme() : takeAll());
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}

async function takeAll(): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { path, title } of [...views, { path: "/no/such/page/", title: "not-found" }]) {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const [screen, viewport] of Object.entries(screens)) {
        const page = await open(path, { viewport, colorScheme, reducedMotion: "reduce" });
        await seeAll(page);
        const name = `${title.toLowerCase()}-${colorScheme}-${screen}.png`;
        await page.screenshot({ path: join(folder, name), fullPage: true });
        await page.context().close();
      }
    }
  }
}

/** In the middle of a drawing, so that the picture says what the page does. */
async function takeForReadme(): Promise<void> {
  const shots = [
    { path: "/?seed=11", name: "web-gallery.png", colorScheme: "light", rows: 11, height: 940 },
    {
      path: "/generate/?seed=11&count=36",
      name: "web-generate.png",
      colorScheme: "dark",
      rows: 10,
      height: 1000,
    },
  ] as const;
  for (const { path, name, colorScheme, rows, height } of shots) {
    const viewport = { width: 1280, height };
    const page = await open(path, { viewport, colorScheme, reducedMotion: "no-preference" });
    await page.waitForFunction((wanted) => paintedRows() >= wanted, rows);
    // Pressed without scrolling to it.
    await page.getByRole("button", { name: "Pause" }).first().dispatchEvent("click");
    // The large picture of the first page grows on by itself.
    if (path.startsWith("/?"))
      await page.waitForFunction((wanted) => paintedRows("main figure canvas") >= wanted, 9);
    await page.screenshot({ path: join(images, name) });
    await page.context().close();
  }
  await takeLesson();
}

/** The examples of Teach, half a minute after a model has begun to learn them. */
async function takeLesson(): Promise<void> {
  const page = await open("/teach/", { viewport: { width: 1280, height: 900 }, colorScheme: "light" });
  await page.getByRole("button", { name: "Fill with examples" }).click();
  await page.getByRole("button", { name: "Teach", exact: true }).click();
  await page.waitForTimeout(30_000);
  await page.screenshot({ path: join(images, "web-teach.png") });
  await page.context().close();
}

async function open(path: string, options: Parameters<typeof browser.newContext>[0]): Promise<Page> {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  await page.addInitScript(() => {
    Object.assign(window, {
      /** Rows of a picture that are wholly painted; of the wall's first one where no other is named. */
      paintedRows(selector = "main [data-drawing] canvas") {
        const canvas = document.querySelector<HTMLCanvasElement>(selector);
        const data = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        let painted = 0;
        for (let i = 3; i < data.length; i += 4) if (data[i] === 255) painted++;
        return canvas ? Math.floor(painted / canvas.width) : 0;
      },
    });
  });
  await page.goto(`http://127.0.0.1:${port}${path}`);
  return page;
}

declare function paintedRows(selector?: string): number;

/** Scrolls through, so that what draws when it is seen has drawn. */
async function seeAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
      scrollTo(0, y);
      await new Promise((done) => setTimeout(done, 500));
    }
    scrollTo(0, 0);
    await new Promise((done) => setTimeout(done, 500));
  });
}
