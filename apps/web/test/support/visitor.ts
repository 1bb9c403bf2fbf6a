/** Somebody who looks at a page of the site and writes down everything that goes wrong. */
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  ConsoleMessage,
  Page,
  Request,
  Response,
} from "playwright-core";

export interface Visitor {
  readonly page: Page;
  /** Violations of the policy, console errors, uncaught errors, failed and foreign requests. Empty is what every test wants. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** How a visitor's device is, unless a test says otherwise. Who wants no motion sees pictures when they are whole: nobody need wait for the show. */
export const DEVICE = { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" } as const;

/** In a browser of their own, with nothing in it. @param address of a page, with origin. */
export async function visit(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await newContext(browser, options);
  const page = await newPage(context);
  const { complaints } = listen(page, address);
  await page.goto(address);
  return { page, complaints, close: () => context.close() };
}

export async function newContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: "en-GB",
    ...DEVICE,
    // It fetches the whole site, which is no part of what a page asks for.
    serviceWorkers: "block",
    ...options,
  });
  // What another visitor's page left on the GPU, which is software here, is finished first.
  context.setDefaultTimeout(90_000);
  return context;
}

/** A page whose console hears of violations of its policy. */
export async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
      // biome-ignore lint/suspicious/noConsole: the test listens.
      console.error(`policy: ${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  return page;
}

/** Writes down what goes wrong on a page from now on, until `stop`. @param address whose origin is not foreign. */
export function listen(page: Page, address: string): { readonly complaints: string[]; stop(): void } {
  const complaints: string[] = [];
  const { origin } = new URL(address);
  const onConsole = (message: ConsoleMessage) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  };
  const onError = (error: Error) => void complaints.push(`uncaught: ${error.message}`);
  const onRequest = (request: Request) => {
    const url = new URL(request.url());
    if (url.protocol !== "blob:" && url.origin !== origin) complaints.push(`foreign: ${request.url()}`);
  };
  const onResponse = (response: Response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  };
  page.on("console", onConsole).on("pageerror", onError).on("request", onRequest).on("response", onResponse);
  return {
    complaints,
    stop() {
      page
        .off("console", onConsole)
        .off("pageerror", onError)
        .off("request", onRequest)
        .off("response", onResponse);
    },
  };
}

/** Waits until the wall under `scope` is complete. */
export async function untilDrawn(page: Page, scope = "main"): Promise<void> {
  await page.waitForSelector(`${scope} [data-drawing="done"]`, { timeout: 90_000 });
}

/** Bytes of the red channel of all canvases of the first wall under `scope`, picture after picture, as they are painted. */
export function wallBytes(page: Page, scope = "main"): Promise<number[]> {
  return page.evaluate((selector) => {
    const wall = document.querySelector(`${selector} [data-drawing]`)!;
    return [...wall.querySelectorAll("canvas")].flatMap((canvas) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      return Array.from({ length: data.length / 4 }, (_, i) => data[i * 4]!);
    });
  }, scope);
}

/** Scrolls through the whole page, so that what loads late is there. */
export async function seeAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const painted = () =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    // What comes late may make room for more: until nothing does.
    for (let seen = 0; seen < document.body.scrollHeight; ) {
      seen = document.body.scrollHeight;
      for (let y = 0; y < seen; y += innerHeight / 2) {
        scrollTo(0, y);
        await painted();
      }
    }
    scrollTo(0, 0);
  });
  await page.waitForLoadState("networkidle");
}
