import { describe, expect, it } from "vitest";
import { sections } from "../src/views/explain/sections.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

describe("the article's figures", () => {
  const widths = [320, 390, 600, 900, 1280];
  const height = 900;

  const heights = async () => {
    // Lines break elsewhere before their font is there.
    await document.fonts.ready;
    return [...document.querySelectorAll("figure")].map((figure) => [
      figure.id,
      figure.getBoundingClientRect().height,
    ]);
  };

  /** A page is the same in a window made narrow as in one that was, with scripts and without: one of each for all widths. */
  let still: Promise<Map<number, unknown>> | null = null;
  const withoutScripts = async () => {
    const { page } = await site.openAnew("/explain/", { javaScriptEnabled: false });
    const all = new Map<number, unknown>();
    for (const width of widths) {
      await page.setViewportSize({ width, height });
      all.set(width, await page.evaluate(heights));
    }
    return all;
  };

  it.each(widths)("keep their place at a width of %d while they load", async (width) => {
    still ??= withoutScripts();
    const before = (await still).get(width);
    const { page: after } = await site.openForAll("/explain/");
    await after.setViewportSize({ width, height });
    for (const figure of await after.locator("figure").all()) {
      if ((await figure.getAttribute("id")) === "figure-likelihood")
        await figure.getByText("205.8").waitFor();
      else await figure.locator("button, input").first().waitFor();
    }
    expect(await after.evaluate(heights)).toEqual(before);
  });
});

describe("a link to the article", () => {
  it("leads on to a model that looks back, in Inspect", async () => {
    const { page } = await site.openForAll("/explain/");
    const link = page.getByRole("link", { name: "Open a model of it in Inspect" });
    expect(await link.getAttribute("href")).toBe("/inspect/?model=mnist-binary-snail");
  });

  it.each(Object.entries(sections))("leads to #%s", async (id, title) => {
    const { page } = await site.openForAll("/explain/");
    await page.evaluate(() => scrollTo(0, 0));
    await page.getByRole("navigation", { name: "Contents" }).getByRole("link", { name: title }).click();
    expect(new URL(page.url()).hash).toBe(`#${id}`);
    await expect
      .poll(() => page.locator(`h2[id="${id}"]`).evaluate((heading) => heading.getBoundingClientRect().top))
      .toBeLessThan(900);
  });

  it("keeps up with what is changed, and where one is", async () => {
    const { page } = await site.openForAll("/explain/");
    const contents = page.getByRole("navigation", { name: "Contents" });
    await contents.getByRole("link", { name: sections.bits }).click();
    await page.getByRole("slider", { name: "Random number" }).press("End");
    await expect.poll(() => page.url()).toMatch(/\?die=0\.99#bits$/);
  });

  it("carries the state of every figure", async () => {
    const { page } = await site.open(
      "/explain/?pixel=784&first=111110000&layers=2&lots=7&rgbFirst=000100111&depth=1&cells=2&logits=0_0_0_5&heat=0.1&lot=9",
    );
    await page.getByText("784 of 784").waitFor();
    await page.locator("#figure-kernel").getByText("CausalityError").waitFor();
    await page.locator("#figure-colour").getByText("The guess for blue knows red, green and blue.").waitFor();
    await page.locator("#figure-blind-spot").getByText("reads 24 pixels, no blind spot").waitFor();
    await page.locator("#figure-recurrence").getByText("reads 57 of 312, blind for 45").waitFor();
    await page.getByText("It draws white.").waitFor();
    // The next lot is the one after the link's.
    await page.getByRole("button", { name: "Other pictures" }).click();
    await expect.poll(() => page.url()).toContain("lots=8");
  });

  it("shows the defaults where its state makes no sense", async () => {
    const { page } = await site.open(
      "/explain/?pixel=9999&first=12&layers=x&lots=-1&logits=1_2&heat=&depth=0",
    );
    await page.getByText("347 of 784").waitFor();
    await page.locator("#figure-kernel").getByText("Causal: the guess reads 21 pixels").waitFor();
    await page.getByText("It draws black.").waitFor();
  });
});
