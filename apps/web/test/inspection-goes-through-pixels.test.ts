import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { follow, goToView } from "./support/follow.ts";
import { withSite } from "./support/with-site.ts";
import { withoutWebGpu } from "./support/without-web-gpu.ts";

const site = withSite();
const surface = (page: Page) => page.getByRole("application");

/** One page for several tests, at the pixel of its link for the first of them. */
async function openForAll() {
  const { page } = await site.openForAll("/inspect/?model=glyphs&pixel=0-14&look=plain");
  await page.getByText("The whole picture").waitFor();
  return page;
}

/** The same at another pixel, chosen with the pointer, which then rests elsewhere. */
async function openAt(row: number, column: number) {
  const page = await openForAll();
  const box = (await surface(page).boundingBox())!;
  await page.mouse.click(box.x + ((column + 0.5) * box.width) / 16, box.y + ((row + 0.5) * box.height) / 16);
  await page.mouse.move(box.x, box.y - 40);
  await page.getByRole("heading", { name: `Row ${row + 1}, column ${column + 1}` }).waitFor();
  return page;
}

describe("the pixel", () => {
  it("moves with the arrow keys, stays in the picture, and is in the address", async () => {
    const page = await openForAll();
    await surface(page).focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowUp", "ArrowDown"]) await page.keyboard.press(key);
    await page.getByRole("heading", { name: "Row 2, column 16" }).waitFor();
    await page.waitForURL(/pixel=1-15/);
    await page.keyboard.press("Home");
    await page.getByRole("heading", { name: "Row 2, column 1" }).waitFor();
  });

  it("is the one under the pointer, and after it the one chosen", async () => {
    const page = await openAt(2, 3);
    const box = (await surface(page).boundingBox())!;
    const at = (row: number, column: number) =>
      [box.x + ((column + 0.5) * box.width) / 16, box.y + ((row + 0.5) * box.height) / 16] as const;
    await page.mouse.move(...at(9, 4));
    await page.getByRole("heading", { name: "Row 10, column 5" }).waitFor();
    await page.mouse.move(box.x, box.y - 40);
    await page.getByRole("heading", { name: "Row 3, column 4" }).waitFor();
    await page.mouse.click(...at(9, 4));
    await page.mouse.move(box.x, box.y - 40);
    await page.waitForURL(/pixel=9-4/);
    await page.getByRole("heading", { name: "Row 10, column 5" }).waitFor();
  });
});

it("moves by arrow keys while the pointer rests on the picture, and by the pointer when that moves on", async () => {
  const page = await openAt(2, 3);
  const box = (await surface(page).boundingBox())!;
  await surface(page).focus();
  await page.mouse.move(box.x + (4.5 * box.width) / 16, box.y + (9.5 * box.height) / 16);
  await page.getByRole("heading", { name: "Row 10, column 5" }).waitFor();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("heading", { name: "Row 10, column 6" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("heading", { name: "Row 11, column 6" }).waitFor();
  await page.mouse.move(box.x + (7.5 * box.width) / 16, box.y + (9.5 * box.height) / 16);
  await page.getByRole("heading", { name: "Row 10, column 8" }).waitFor();
});

describe("as it is drawn", () => {
  /** Is a pixel painted? */
  const isPainted = (page: Page, row: number, column: number) =>
    surface(page).evaluate(
      (canvas, [y, x]) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const context = (canvas as HTMLCanvasElement).getContext("2d")!;
        return (
          context.getImageData(((x! + 0.5) * width) / 16, ((y! + 0.5) * height) / 16, 1, 1).data[3] === 255
        );
      },
      [row, column],
    );

  it("shows nothing that comes later, and steps from pixel to pixel", async () => {
    const page = await openAt(5, 14);
    expect(await isPainted(page, 12, 3)).toBe(true);
    await page.getByText("As it is drawn").click();
    await page.getByText("94 of 256").waitFor();
    await expect.poll(() => isPainted(page, 12, 3)).toBe(false);
    expect(await isPainted(page, 4, 3)).toBe(true);
    await page.getByRole("button", { name: "Step", exact: true }).click();
    await page.getByRole("button", { name: "Step", exact: true }).click();
    await page.getByRole("heading", { name: "Row 7, column 1" }).waitFor();
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await page.getByRole("heading", { name: "Row 6, column 16" }).waitFor();
  });

  it("plays to the end", async () => {
    const page = await openForAll();
    await follow(page, "?model=glyphs&pixel=15-0&look=drawing");
    await page.getByText("240 of 256").waitFor();
    await page.getByText("Calm").click();
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await page.getByText("255 of 256").waitFor();
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
    expect(await isPainted(page, 15, 14)).toBe(true);
  });
});

it("of 256 levels the likeliest stand out, on a scale that says what it is", async () => {
  const page = await openForAll();
  await follow(page, "?model=mnist-256&picture=0");
  const panel = page.getByRole("region", { name: "The pixel" });
  const chart = panel.getByRole("img", { name: /Most expected/ });
  await panel.getByText(/Brightness \d+ of 0–255/).waitFor();
  await chart.waitFor();
  const [, level, percent] = (await chart.getAttribute("aria-label"))!.match(/level (\d+) ([\d.]+) %/)!;
  const [, full] = (await panel.getByText(/Full height/).textContent())!.match(/([\d.]+) %/)!;
  const [bar, whole] = await Promise.all([
    chart.locator("rect").nth(Number(level)).boundingBox(),
    chart.boundingBox(),
  ]);
  const share = bar!.height / whole!.height;
  expect(share).toBeGreaterThan(0.35);
  // The text has the percentage to a tenth.
  expect(Math.abs(share * Number(full) - Number(percent))).toBeLessThan(0.1 + Number(full) * 0.02);
});

describe("without WebGPU", () => {
  const plain = withoutWebGpu();

  it.each([
    ["Inspect", "The whole picture"],
    ["Complete", /The kept rows look like class/],
  ])("%s works all the same", async (view, said) => {
    const { page } = await plain.openForAll("/inspect/");
    if (view !== "Inspect") await goToView(page, view);
    expect(await page.evaluate(() => "gpu" in navigator)).toBe(false);
    await page.locator('[data-drawing="done"]').first().waitFor({ timeout: 60_000 });
    await page.getByText(said).waitFor();
  });
});
