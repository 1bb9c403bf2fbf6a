/** Words beside a picture are those of this picture, of its model and of how it was drawn. */
import { expect, it } from "vitest";
import { webpSize } from "../src/views/compress/webp-size.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

it("a picture drawn at another temperature has the shares of that temperature, and none while another model is fetched", async () => {
  const { page } = await site.open("/inspect/?model=glyphs&temperature=0.2&seed=3&picture=1&pixel=7-9");
  await page.getByText("Drawn at temperature 0.2: what the model gave, sharpened, end to end.").waitFor();
  await page.getByText(/^This pixel is predicted from/).waitFor();

  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route("**/sprites.safetensors", async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole("combobox", { name: "Model" }).selectOption("sprites");
  await page.getByRole("application", { name: "The picture, 16 by 16 pixels" }).waitFor();
  await page.getByText("…", { exact: true }).waitFor();
  expect(await page.getByText(/^This pixel is predicted from/).count()).toBe(0);
  const painted = await page.getByRole("application").evaluate((canvas: HTMLCanvasElement) =>
    canvas
      .getContext("2d")!
      .getImageData(0, 0, canvas.width, canvas.height)
      .data.some((byte) => byte > 0),
  );
  expect(painted).toBe(false);
  letGo();
  await page.getByText(/^This pixel is predicted from/).waitFor();
});

it("classes have the names of their set, and nobody is judged by rows that are not kept", async () => {
  const { page } = await site.open("/complete/?model=sprites&rows=0&completions=1");
  await page.getByText("No row is kept: every class is as likely.").waitFor();
  const classes = await page.getByRole("combobox", { name: "Class" }).locator("option").allTextContents();
  expect(classes.slice(1).every((text, i) => new RegExp(`^${i}, [a-z]+$`).test(text))).toBe(true);
  expect(classes).toHaveLength(5);
});

/** A chunk of a RIFF file, of an even length. */
function chunk(name: string, length: number): number[] {
  return [...Buffer.from(name), length, 0, 0, 0, ...new Array(length + (length % 2)).fill(0)];
}

it("a WebP file is as long as its picture: the colour profile of a canvas is not counted", () => {
  const head = [...Buffer.from("RIFF"), 0, 0, 0, 0, ...Buffer.from("WEBP")];
  const picture = chunk("VP8L", 31);
  expect(webpSize(Uint8Array.from([...head, ...picture]))).toBe(12 + 8 + 32);
  const profiled = Uint8Array.from([...head, ...chunk("VP8X", 10), ...chunk("ICCP", 200), ...picture]);
  expect(webpSize(profiled)).toBe(12 + 8 + 32);
});
