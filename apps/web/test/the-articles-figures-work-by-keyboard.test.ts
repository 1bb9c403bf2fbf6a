import { describe, expect, it } from "vitest";
import { drawnByCore } from "./support/core-pictures.ts";
import { pressTimes, tabTo } from "./support/keyboard.ts";
import { wallBytes } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

/** Opens the article, with the keyboard's focus just before a figure. */
async function openAt(figure: string) {
  const { page } = await site.openForAll("/explain/");
  const place = page.locator(figure);
  await place.locator("button, input").first().waitFor();
  // As if the visitor had pressed Tab up to here.
  await place.evaluate((element) => {
    element.tabIndex = -1;
    element.focus();
  });
  return { page, place };
}

describe("the article", () => {
  it("goes through a picture pixel by pixel", async () => {
    const { page, place } = await openAt("#figure-sequence");
    await place.getByText("Row 13, column 11.").waitFor();
    await tabTo(page, place.getByRole("slider", { name: "Pixel" }));
    await page.keyboard.press("ArrowRight");
    await place.getByText("Row 13, column 12.").waitFor();
    await page.keyboard.press("End");
    await place.getByText("Row 28, column 28.").waitFor();
    const before = await place.getByText("The picture so far").textContent();
    await tabTo(page, place.getByRole("button", { name: "Another digit" }));
    await page.keyboard.press("Enter");
    await expect.poll(() => place.getByText("The picture so far").textContent()).not.toBe(before);
  });

  it("switches taps of a kernel", async () => {
    const { page, place } = await openAt("#figure-kernel");
    await place.getByText("Causal: the guess reads 21 pixels").waitFor();
    await tabTo(page, place.getByRole("toolbar", { name: "Taps of the first layer" }));
    await pressTimes(page, "ArrowRight", 4);
    await page.keyboard.press("Space");
    await place.getByText("CausalityError").waitFor();
    await page.keyboard.press("Space");
    await place.getByText("Causal: the guess reads 21 pixels").waitFor();
    await tabTo(page, place.getByRole("slider", { name: "Layers" }));
    await page.keyboard.press("Home");
    await place.getByText("Causal: the guess reads 4 pixels").waitFor();
  });

  it("draws other pictures with both models", async () => {
    const { page, place } = await openAt("#figure-hidden");
    const done = place.locator('[data-drawing="done"]');
    await expect.poll(() => done.count()).toBe(2);
    const before = await wallBytes(page, "#figure-hidden");
    await tabTo(page, place.getByRole("button", { name: "Other pictures" }));
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url()).toContain("lots=1");
    await expect.poll(() => wallBytes(page, "#figure-hidden")).not.toEqual(before);
    await expect.poll(() => done.count()).toBe(2);
  });

  it("joins colours", async () => {
    const { page, place } = await openAt("#figure-colour");
    await place.getByText("The guess for red knows nothing of its own pixel.").waitFor();
    await tabTo(page, place.getByRole("toolbar", { name: "Centre of the first layer" }));
    await page.keyboard.press("Space");
    await place.getByText("The guess for red knows red.").waitFor();
    await place.getByText("CausalityError").waitFor();
    await tabTo(page, place.getByRole("button", { name: "Masks of the paper" }));
    await page.keyboard.press("Enter");
    await place.getByText("Causal: no colour knows itself or a later one.").waitFor();
  });

  it("deepens three networks, of which the gated one never has a blind spot", async () => {
    const { page, place } = await openAt("#figure-blind-spot");
    await tabTo(page, place.getByRole("slider", { name: "Layers" }));
    // A single window misses nothing: of the first network's one layer, and the others' first layer and block.
    for (const [key, blind] of [
      ["Home", 1],
      ["End", 2],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => place.getByText(/reads \d+ pixels and misses [1-9]/).count()).toBe(blind);
      expect(await place.getByText(/reads \d+ pixels, no blind spot/).count()).toBe(3 - blind);
    }
  });

  it("shuts a gate, asks for another digit, and moves a hump", async () => {
    const { page, place } = await openAt("#figure-gate");
    await place.getByText("73% goes on: the next layer reads 0.7.").waitFor();
    await tabTo(page, place.getByRole("slider", { name: "How far the gate is open" }));
    await page.keyboard.press("Home");
    await place.getByText("2% goes on: the next layer reads 0.0.").waitFor();
    const classes = page.locator("#figure-classes");
    await classes.scrollIntoViewIfNeeded(); // a drawing rests while it is out of view
    await classes.locator('[data-drawing="done"]').waitFor();
    const sevens = await wallBytes(page, "#figure-classes");
    expect(sevens).toEqual(await drawnByCore("glyphs", { seed: 3, count: 8, classLabel: 7 }));
    await tabTo(page, classes.getByRole("radio", { name: "7" }));
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => wallBytes(page, "#figure-classes")).not.toEqual(sevens);
    const mixture = page.locator("#figure-mixture");
    await mixture.getByText("The likeliest is level 70,").waitFor();
    await tabTo(page, mixture.getByRole("slider", { name: "Middle of the first" }));
    await page.keyboard.press("ArrowRight");
    await mixture.getByText("The likeliest is level 71,").waitFor();
  });

  it("adds layers: convolutions see more, cells along the diagonals have seen all before", async () => {
    const { page, place } = await openAt("#figure-recurrence");
    await place.getByText("reads 39 of 312, blind for 45").waitFor();
    await place.getByText("reads 231 of 312, blind for 45").waitFor();
    await tabTo(page, place.getByRole("slider", { name: "Layers after the first" }));
    await page.keyboard.press("End");
    await place.getByText("reads 159 of 312, blind for 45").waitFor();
    await place.getByText("reads 261 of 312, blind for 45").waitFor();
    await place.getByText("reads 312 of 312, no blind spot").waitFor();
  });

  it("asks from another pixel, and compares more strictly", async () => {
    const { page, place } = await openAt("#figure-attention");
    await place.getByText("Row 16, column 20 asks all 439 pixels before it.").waitFor();
    await tabTo(page, place.getByRole("slider", { name: "The pixel that asks" }));
    await page.keyboard.press("ArrowRight");
    await place.getByText("Row 16, column 21 asks all 440 pixels before it.").waitFor();
    await tabTo(page, place.getByRole("slider", { name: "How strictly it compares" }));
    await page.keyboard.press("Home");
    // All alike: the window has its share of 24 in 440.
    await place.getByText("which have 5% of the weight; 95% lies beyond.").waitFor();
    const before = await place.getByText("What comes back").textContent();
    await tabTo(page, place.getByRole("button", { name: "Ask another digit" }));
    await page.keyboard.press("Enter");
    await expect.poll(() => place.getByText("What comes back").textContent()).not.toBe(before);
  });

  it("moves logits until another level is drawn", async () => {
    const { page, place } = await openAt("#figure-softmax");
    await place.getByText("It draws black.").waitFor();
    await tabTo(page, place.getByRole("slider", { name: "black" }));
    await page.keyboard.press("Home");
    await place.getByText("It draws white.").waitFor();
  });

  it("starts and restarts the race", async () => {
    const { page, place } = await openAt("#figure-race");
    await tabTo(page, place.getByRole("button", { name: "Start the race" }));
    await page.keyboard.press("Enter");
    await place.getByText("256 of 256").waitFor();
    await tabTo(page, place.getByRole("button", { name: "Another digit" }));
    await page.keyboard.press("Enter");
    await place.getByText("0 of 256").first().waitFor();
    await place.getByText("256 of 256").waitFor();
  });
});
