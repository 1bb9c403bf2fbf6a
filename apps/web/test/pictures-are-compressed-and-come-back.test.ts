/** The page's files are those of core in Node, both ways. */
import { decodePxc, encodePxc } from "@pixelcnn/core";
import { encodePng } from "@pixelcnn/pictures";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { dropFile } from "./support/drop-file.ts";
import { follow } from "./support/follow.ts";
import { loadedModel } from "./support/loaded-model.ts";
import { untrainedModel } from "./support/untrained-model.ts";
import { untilDrawn } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();
const INVITATION = "Drop a picture to compress it";

/** One page for all: the first link opens it, and the others are followed on it. */
async function open(query: string, size: string): Promise<Page> {
  const { page } = await site.openForAll("/compress/?model=mnist-256");
  if (new URL(page.url()).search !== query) await follow(page, query);
  await page.getByText(size).waitFor();
  await untilDrawn(page);
  return page;
}

/** Bytes of the red channel of the picture that is shown. */
function shownBytes(page: Page): Promise<number[]> {
  return page.getByRole("img", { name: "The picture" }).evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]!);
  });
}

async function savedFile(page: Page): Promise<Buffer> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as .pxc" }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

it("a test picture, as core compresses it, with the size that the table says", async () => {
  const page = await open("?model=mnist-256", "28×28 pixels");
  const file = await savedFile(page);
  const model = await loadedModel("mnist-256");
  const { levels, height, width } = await decodePxc(model, file);
  expect([...levels]).toEqual(await shownBytes(page));
  const again = await encodePxc(model, { height, width, levels, alpha: null, stored: "bytes" });
  expect(Buffer.from(again).equals(file)).toBe(true);
  await page.getByRole("row", { name: `This model (.pxc) ${file.length.toLocaleString("en")} ` }).waitFor();
});

it("a picture that is dropped, and the file that it became, dropped again", async () => {
  const page = await open("?model=glyphs&class=3", "16×16 pixels");
  const data = Uint8Array.from({ length: 256 }, (_, i) => 85 * ((i >> 3) % 4));
  const png = encodePng({ width: 16, height: 16, channels: 1, data });
  await dropFile(page, { name: "stripes.png", type: "image/png", bytes: png }, INVITATION);
  await expect.poll(() => shownBytes(page)).toEqual([...data]);
  await untilDrawn(page);
  const file = await savedFile(page);
  const { levels, labels } = await decodePxc(await loadedModel("glyphs"), file);
  expect({ levels: [...levels].map((level) => 85 * level), labels }).toEqual({
    levels: [...data],
    labels: [3],
  });

  await page.getByRole("button", { name: "A test picture" }).click();
  await expect.poll(() => shownBytes(page)).not.toEqual([...data]);
  await untilDrawn(page);
  await dropFile(page, { name: "stripes.pxc", type: "", bytes: file }, INVITATION);
  await expect.poll(() => shownBytes(page)).toEqual([...data]);

  // A file of two shows both, one after the other.
  const two = Uint8Array.of(...levels, ...levels.map((level) => 3 - level));
  const given = { height: 16, width: 16, levels: two, alpha: null, stored: "bytes" } as const;
  const pair = await encodePxc(await loadedModel("glyphs"), given, { classLabel: [3, 4] });
  await dropFile(page, { name: "pair.pxc", type: "", bytes: pair }, INVITATION);
  await page.getByText("16×16 pixels, 1 of 2").waitFor();
  expect(await shownBytes(page)).toEqual([...data]);
  await page.getByRole("button", { name: "Next picture of the file" }).click();
  await page.getByText("16×16 pixels, 2 of 2").waitFor();
  const second = [...data].map((byte) => 255 - byte);
  await expect.poll(() => shownBytes(page)).toEqual(second);
  // It is still there after a look at another view.
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Generate" }).click();
  await page.waitForURL(/\/generate\//);
  await page.goBack();
  await page.getByText("16×16 pixels, 2 of 2").waitFor();
  await expect.poll(() => shownBytes(page)).toEqual(second);

  const damaged = Uint8Array.from(file);
  damaged[20]! ^= 1;
  await dropFile(page, { name: "damaged.pxc", type: "", bytes: damaged }, INVITATION);
  await page.getByText("damaged.pxc cannot be used: expected a file of the checksum").waitFor();
});

it("what the model would lose is refused, and a window's model takes any size", async () => {
  const page = await open("?model=glyphs", "16×16 pixels");
  const data = Uint8Array.from({ length: 24 * 10 * 3 }, (_, i) => (i * 7) % 256);
  const colour = encodePng({ width: 24, height: 10, channels: 3, data });
  await dropFile(page, { name: "colour.png", type: "image/png", bytes: colour }, INVITATION);
  const refused = page.getByText("expected a picture without colour, as the model's are");
  await refused.waitFor();
  // Which models would keep it is said, and no other.
  await page.getByRole("button", { name: "Choose cifar10", exact: true }).waitFor();
  expect(await page.getByRole("button", { name: /^Choose/ }).allTextContents()).toEqual([
    "Choose cifar10-local",
    "Choose cifar10",
  ]);
  await page.getByText(/Any size is kept by those .*: cifar10-local, cifar10\./).waitFor();
  await page.getByRole("button", { name: "Choose cifar10-local" }).click();
  await page.getByText("24×10 pixels").waitFor();
  await untilDrawn(page);
  const { levels } = await decodePxc(await loadedModel("cifar10-local"), await savedFile(page));
  expect([...levels]).toEqual([...data]);
  expect(await refused.count()).toBe(0);
});

it("a file of another model says of which, which opens it; one of a model from elsewhere opens when that model does", async () => {
  const { page } = await site.open("/compress/?model=glyphs");
  await untilDrawn(page);
  const levels = Uint8Array.from({ length: 784 }, (_, i) => (i >> 2) % 2);
  const picture = { height: 28, width: 28, levels, alpha: null, stored: "bytes" } as const;
  const digits = await encodePxc(await loadedModel("mnist-binary"), picture);
  await dropFile(page, { name: "digits.pxc", type: "", bytes: digits }, INVITATION);
  const ofAnother = page.getByText("digits.pxc was compressed by mnist-binary");
  await ofAnother.waitFor();
  // Any other choice ends it.
  await page.getByLabel("Model").selectOption("sprites");
  await ofAnother.waitFor({ state: "detached" });
  await dropFile(page, { name: "digits.pxc", type: "", bytes: digits }, INVITATION);
  await page.getByRole("button", { name: "Choose mnist-binary", exact: true }).click();
  await page.waitForURL(/model=mnist-binary/);
  await expect.poll(() => shownBytes(page)).toEqual([...levels].map((level) => 255 * level));
  expect(await page.getByText("digits.pxc").count()).toBe(0);
  await untilDrawn(page);

  const { file, model } = untrainedModel("gated", {
    picture: { height: 4, width: 4, channels: 1, levels: 4 },
    channels: 4,
    layers: 1,
  });
  const small = { height: 4, width: 4, levels: levels.slice(0, 16), alpha: null, stored: "bytes" } as const;
  const own = await encodePxc(model, small);
  await dropFile(page, { name: "own.pxc", type: "", bytes: own }, INVITATION);
  await page
    .getByText(/^own\.pxc was compressed by a model, [\da-f]{16}, that is none of this site's/)
    .waitFor();
  await dropFile(page, { name: "own.safetensors", type: "", bytes: file }, INVITATION);
  await page.getByText("4×4 pixels").waitFor();
  await expect.poll(() => shownBytes(page)).toEqual([...levels.slice(0, 16)].map((level) => 85 * level));
  expect(await page.getByText("own.pxc").count()).toBe(0);
  // From then on it is one of those that are named.
  await page.getByLabel("Model").selectOption("glyphs");
  await page.waitForURL(/model=glyphs/);
  await dropFile(page, { name: "own.pxc", type: "", bytes: own }, INVITATION);
  await page.getByRole("button", { name: "Choose own", exact: true }).waitFor();
});
