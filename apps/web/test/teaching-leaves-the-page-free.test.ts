/** While a model learns, the page works in the visitor's own colours and by the keyboard, and does not grow. */
import { expect, it } from "vitest";
import { teachOn } from "../scripts/teach-on.ts";
import { findings } from "./support/findings.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

it("in the visitor's own colours, by the keyboard alone, axe finds nothing", {
  timeout: 120_000,
}, async () => {
  const { page } = await site.open("/teach/", { forcedColors: "active" });
  const cell = page.getByRole("application").first();
  await cell.focus();
  for (const key of [" ", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", " "])
    await page.keyboard.press(key);
  // Strokes are white: their ground stays black.
  expect(await cell.evaluate((canvas) => getComputedStyle(canvas).backgroundColor)).toBe("rgb(0, 0, 0)");
  const teach = page.getByRole("button", { name: "Teach", exact: true });
  await teach.focus();
  await page.keyboard.press("Enter");
  await page.getByText(/^Step \d+/).waitFor();
  expect(await findings(page)).toEqual([]);
  const ground = (name: string) =>
    page.getByRole("button", { name }).evaluate((button) => getComputedStyle(button).backgroundColor);
  expect(await ground("Pause")).not.toBe(await ground("Clear"));
  await page.getByRole("button", { name: "Something to trace" }).press("Space");
  expect(await ground("Something to trace")).not.toBe(await ground("Clear"));
  await page.getByRole("button", { name: "Pause" }).press("Enter");
  await page.getByRole("button", { name: "Go on" }).waitFor();
});

it("on a phone the losses stay in view while the cells are looked at", async () => {
  const viewport = { width: 390, height: 844 };
  const { page } = await site.open("/teach/", { viewport });
  await page.getByRole("button", { name: "Draw for me" }).click();
  await page.getByRole("button", { name: "Teach", exact: true }).click();
  await page.getByText(/^Step \d+/).waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("application").first().scrollIntoViewIfNeeded();
  for (const words of ["What it practises on", "What it never saw"]) {
    const { y, height } = (await page.getByText(words, { exact: true }).boundingBox())!;
    expect(y).toBeGreaterThan(0);
    expect(y + height).toBeLessThan(viewport.height);
  }
  expect((await page.getByRole("application").first().boundingBox())!.y).toBeGreaterThan(0);
});

it("what is left in the page while a model learns is bounded", { timeout: 120_000 }, async () => {
  const { page } = await site.open("/teach/");
  const { leftBytes, steps } = await teachOn(page, 6);
  expect(steps).toBeGreaterThan(5);
  expect(leftBytes).toBeLessThan(3e6);
});
