import { readFile } from "node:fs/promises";
import { decode } from "fast-png";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { drawnByCore, inTurn, modelFile } from "./support/core-pictures.ts";
import { dropFile } from "./support/drop-file.ts";
import { untilDrawn } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

async function download(page: Page, button: string): Promise<{ name: string; bytes: Uint8Array }> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: button, exact: true }).click();
  const file = await waiting;
  return {
    name: file.suggestedFilename(),
    bytes: Buffer.concat(await (await file.createReadStream()).toArray()),
  };
}

it("sprites are the values themselves, picture beside picture", async () => {
  const { page } = await site.openForAll("/generate/?seed=12&count=4");
  await untilDrawn(page);
  const { name, bytes } = await download(page, "Sprites (PNG)");
  expect(name).toBe("glyphs-12-sprites.png");
  const { width, height, channels, data } = decode(bytes);
  expect([width, height, channels]).toEqual([32, 32, 1]);
  const pictures = [0, 1, 2, 3].flatMap((i) =>
    Array.from({ length: 256 }, (_, at) => {
      const y = Math.floor(i / 2) * 16 + Math.floor(at / 16);
      return data[y * 32 + (i % 2) * 16 + (at % 16)];
    }),
  );
  expect(pictures).toEqual(await drawnByCore("glyphs", { seed: 12, classLabel: inTurn(4), count: 4 }));
});

it("the sheet is a PNG with gaps, the playback a GIF of a frame per row", async () => {
  const { page } = await site.openForAll("/generate/?seed=12&count=4");
  await untilDrawn(page);
  const sheet = await download(page, "Sheet (PNG)");
  expect(sheet.name).toBe("glyphs-12.png");
  expect(decode(sheet.bytes).width).toBeGreaterThan(2 * 16 * 2);
  const playback = await download(page, "Playback (GIF)");
  expect(playback.name).toBe("glyphs-12.gif");
  expect(Buffer.from(playback.bytes.subarray(0, 6)).toString()).toBe("GIF89a");
  // A graphic control extension stands before every frame: 21 f9 04.
  expect(Buffer.from(playback.bytes).toString("latin1").split("\x21\xf9\x04").length - 1).toBe(16);
});

it("the link is copied as it stands", async () => {
  const { page } = await site.openForAll("/generate/?seed=12&count=4");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByText("The link is copied.").waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  await page.getByText("With this site’s models, a link draws the same everywhere.").waitFor();

  // One's own model does not go with it: it is said, and the file can be had.
  const own = await readFile(modelFile("mnist-binary"));
  await dropFile(
    page,
    { name: "mine.safetensors", type: "", bytes: own },
    "Drop the model file to use it here",
  );
  await page.waitForURL(/model=file:mine/);
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByText("The link is copied, without the model: send mine.safetensors as well").waitFor();
  const saved = await download(page, "Model file");
  expect([saved.name, Buffer.from(saved.bytes).equals(own)]).toEqual(["mine.safetensors", true]);
});
