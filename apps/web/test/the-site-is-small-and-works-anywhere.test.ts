import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { out, outSubPath, pages, SUB_PATH } from "./support/built-site.ts";
import { drawnByCore, inTurn } from "./support/core-pictures.ts";
import { serveFiles } from "./support/file-server.ts";
import { visitKept } from "./support/kept-page.ts";
import { sharedBrowser } from "./support/shared-browser.ts";
import { smallestGlyphs } from "./support/untrained-model.ts";
import { seeAll, untilDrawn, wallBytes } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const browser = sharedBrowser();

/** Compressed length by bytes: the pages share most of their scripts. */
const compressed = new WeakMap<Uint8Array, number>();

function compressedLength(bytes: Uint8Array): number {
  const length = compressed.get(bytes) ?? gzipSync(bytes).length;
  compressed.set(bytes, length);
  return length;
}

/** A page, and every script that comes with it or its workers. */
async function openAndCount(path: string, instead?: Map<string, Uint8Array>) {
  const site = await serveFiles(out, "", instead);
  const visitor = await visitKept(browser(), `${site.origin}${path}`);
  onTestFinished(async () => {
    await visitor.close();
    site.close();
  });
  const sent = (ending: string) =>
    [...site.sent].filter(([file]) => file.endsWith(ending)).map(([, bytes]) => bytes);
  const scripts = () => sent(".js");
  const kilobytes = (ending = ".js") =>
    sent(ending).reduce((sum, bytes) => sum + compressedLength(bytes), 0) / 1000;
  const hasTensorFlow = () => scripts().some((bytes) => Buffer.from(bytes).includes("registerBackend"));
  return { ...visitor, kilobytes, hasTensorFlow };
}

type Opened = Awaited<ReturnType<typeof openAndCount>>;

/** A model may need more of the kernels than the one before it: what the page weighs is known when all have drawn. */
async function drawEveryCard(page: Page): Promise<void> {
  const cards = await page.locator("article").all();
  expect(cards.length).toBeGreaterThan(1);
  for (const card of cards) {
    await card.scrollIntoViewIfNeeded(); // a drawing rests while it is out of view
    await card.locator('[data-drawing="done"]').waitFor({ timeout: 90_000 });
  }
}

/** Addresses of fonts that the page fetched beforehand and does not use. */
async function unusedFonts(page: Page): Promise<string[]> {
  const { preloaded, unused } = await page.evaluate(() => {
    const fetched = [...document.querySelectorAll<HTMLLinkElement>('link[rel="preload"][as="font"]')];
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const faces = rules.filter((rule) => rule instanceof CSSFontFaceRule);
    const isUsed = (url: string) =>
      faces.some(({ style, parentStyleSheet }) => {
        const source = style.getPropertyValue("src").match(/url\("([^"]+)"\)/)?.[1];
        if (source === undefined || new URL(source, parentStyleSheet!.href!).href !== url) return false;
        const named = (value: string) => value.replaceAll('"', "");
        return [...document.fonts].some(
          (font) =>
            named(font.family) === named(style.getPropertyValue("font-family")) &&
            font.style === style.getPropertyValue("font-style") &&
            font.status === "loaded",
        );
      });
    return {
      preloaded: fetched.length,
      unused: fetched.map(({ href }) => href).filter((url) => !isUsed(url)),
    };
  });
  expect(preloaded).toBeGreaterThan(0);
  return unused;
}

const allPages = await pages();

describe("weight", () => {
  // The first page draws on the processor; elsewhere the shader's code comes wherever the browser has WebGPU.
  const smaller: Readonly<Record<string, number>> = { "/": 200, "/teach/": 260 };

  async function expectLight(path: string, { page, complaints, ...sent }: Opened): Promise<void> {
    await page.locator("main h1").waitFor();
    await seeAll(page);
    if (path === "/") await drawEveryCard(page);
    // Nothing is computed on that page before somebody teaches.
    if (path !== "/teach/") expect(page.workers().length).toBeGreaterThan(0);
    expect(sent.kilobytes()).toBeGreaterThan(100);
    expect(sent.kilobytes()).toBeLessThan(smaller[path] ?? 280);
    expect(sent.hasTensorFlow()).toBe(false);
    expect(await unusedFonts(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }

  it.each(allPages.filter((path) => path !== "/teach/" && path !== "/generate/"))(
    "%s and its workers are under 280 kB of compressed JavaScript, the first page 200, and no font comes that they do not use",
    async (path) => expectLight(path, await openAndCount(path)),
  );

  it("/teach/ is under 260 kB, with what teaches 360 kB, with at most 160 kB of WebAssembly beside it, and has no TensorFlow.js", async () => {
    const opened = await openAndCount("/teach/");
    await expectLight("/teach/", opened);
    const { page, kilobytes, hasTensorFlow } = opened;
    await page.getByRole("button", { name: "Fill with examples" }).click();
    await page.getByRole("button", { name: "Teach", exact: true }).click();
    await page.getByText(/Step \d+/).waitFor();
    await page.waitForLoadState("networkidle");
    expect(kilobytes()).toBeLessThan(360);
    expect(kilobytes(".wasm")).toBeLessThanOrEqual(160);
    expect(hasTensorFlow()).toBe(false);
  });

  it("/generate/ is under 280 kB; TensorFlow.js comes with the race and not before; both lanes draw the same picture", async () => {
    const opened = await openAndCount("/generate/?seed=3&count=1");
    await untilDrawn(opened.page);
    await expectLight("/generate/", opened);
    const { page, complaints, hasTensorFlow } = opened;
    await page.getByRole("button", { name: "Start the race" }).click();
    // Like against like: the sampler in use is WebAssembly on one core as well.
    await page.getByText("TensorFlow.js in WebAssembly, on one core").waitFor();
    await page.getByText("16 of 16 rows").waitFor();
    await page
      .getByText(/[^0-9]([1-9]|1[0-6]) of 16 rows in [\d.]+ s/)
      .nth(1)
      .waitFor({ timeout: 90_000 });
    expect(hasTensorFlow()).toBe(true);
    const [, equal, values] = (await page.getByText(/values equal/).textContent())!.match(
      /(\d+) of (\d+) values/,
    )!;
    expect(Number(values)).toBeGreaterThanOrEqual(16);
    expect(equal).toBe(values);
    expect(complaints).toEqual([]);
  });
});

describe("the race on a GPU", () => {
  it("runs TensorFlow.js's WebGPU backend against the shader, from the same noise", async () => {
    // What a lane has begun, a GPU in software computes to its end, whoever waits for it.
    const { file } = smallestGlyphs();
    const { page, complaints, hasTensorFlow } = await openAndCount(
      "/generate/?seed=3&count=1&sampler=shader",
      new Map([["/models/glyphs.safetensors", file]]),
    );
    await untilDrawn(page);
    await page.getByRole("button", { name: "Start the race" }).click();
    await page.getByText("on WebGPU").waitFor({ timeout: 90_000 });
    const text = page.getByText(/values equal/);
    await text.waitFor({ timeout: 90_000 });
    const [, equal, values] = (await text.textContent())!.match(/(\d+) of (\d+) values/)!;
    expect(Number(values)).toBeGreaterThanOrEqual(16);
    expect(equal).toBe(values);
    expect(hasTensorFlow()).toBe(true);
    expect(complaints).toEqual([]);
  });
});

describe("the policy of every page", () => {
  it.each(allPages)("%s is strict, and the same in _headers", async (path) => {
    const html = await readFile(join(out, path, "index.html"), "utf8");
    const policy = html.match(/http-equiv="Content-Security-Policy" content="([^"]+)"/)![1]!;
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*|https?:|data:/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("worker-src 'self'");
    const headers = await readFile(join(out, "_headers"), "utf8");
    expect(headers).toContain(`${path}\n  Content-Security-Policy: ${policy}; frame-ancestors 'none'\n`);
  });
});

describe("under a path of its host", () => {
  const { model, file } = smallestGlyphs();
  const instead = new Map([["/models/glyphs.safetensors", file]]);
  const site = withSite(() => serveFiles(outSubPath, SUB_PATH, instead));

  // That every page works there is seen where their rules are: every-page-keeps-the-rules.
  it("draws, and its links stay inside", async () => {
    const { page } = await site.open(`${SUB_PATH}/?seed=2`);
    await untilDrawn(page);
    expect(await wallBytes(page)).toEqual(
      await drawnByCore(model, { seed: 2, classLabel: inTurn(50), count: 50 }),
    );
    await page.getByRole("link", { name: "Open these in Generate" }).click();
    await page.getByRole("heading", { name: "Generate" }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`${SUB_PATH}/generate/`);
    await untilDrawn(page);
  });
});
