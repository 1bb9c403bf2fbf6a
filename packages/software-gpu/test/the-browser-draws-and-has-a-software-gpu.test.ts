import { expect, it } from "vitest";
import { launchChromium } from "../src/index.ts";

interface Navigator {
  readonly gpu: { requestAdapter(): Promise<{ readonly info: { readonly architecture: string } }> };
}

// The first one unpacks 200 MB.
it("opens a page, with fonts, and its WebGPU is software", { timeout: 120_000 }, async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    // WebGPU is for secure contexts; localhost is one.
    await page.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: "<b>iii</b>" }));
    await page.goto("http://localhost/");
    expect(await page.locator("b").evaluate((b) => b.getBoundingClientRect().width)).toBeGreaterThan(3);
    const architecture = await page.evaluate(async () => {
      const { gpu } = (globalThis as unknown as { navigator: Navigator }).navigator;
      return (await gpu.requestAdapter()).info.architecture;
    });
    expect(architecture).toBe("swiftshader");
  } finally {
    await browser.close();
  }
});
