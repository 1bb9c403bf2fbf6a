import { PictureAttention } from "@pixelcnn/core";
import { encodePng } from "@pixelcnn/pictures";
import { expect, it } from "vitest";
import { dropFile } from "./support/drop-file.ts";
import { follow } from "./support/follow.ts";
import { untrainedModel } from "./support/untrained-model.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();
const invitation = "Drop the picture to inspect it";

it("a model with attention: of every head, what core says that it looked at, from pixel to pixel", async () => {
  const picture = { height: 12, width: 10, channels: 1, levels: 4 };
  const { model, file } = untrainedModel("snail", { picture, channels: 8, layers: 2 });
  const levels = Uint8Array.from({ length: 120 }, (_, i) => (i * 7 + Math.floor(i / 9)) % 4);
  const { page } = await site.openForAll("/inspect/");
  await page.getByText("The whole picture").waitFor();
  await dropFile(page, { name: "small.safetensors", type: "", bytes: file }, invitation);
  await page.waitForURL(/model=file:small/);
  const data = levels.map((level) => level * 85);
  const bytes = encodePng({ width: 10, height: 12, channels: 1, data });
  await dropFile(page, { name: "mine.png", type: "image/png", bytes }, invitation);
  await page.waitForURL(/drawing=/);
  const read = await PictureAttention.of(model, levels);
  const maps = page.getByRole("region", { name: "Where this pixel looked" });
  const canvas = page.getByRole("application");
  await canvas.focus();
  const goTo = async (row: number, column: number) => {
    await page.keyboard.press("Home");
    for (let i = 0; i < 12; i++) await page.keyboard.press("ArrowUp");
    for (let i = 0; i < row; i++) await page.keyboard.press("ArrowDown");
    for (let i = 0; i < column; i++) await page.keyboard.press("ArrowRight");
    await page.getByRole("heading", { name: `Row ${row + 1}, column ${column + 1}` }).waitFor();
  };
  for (const [row, column] of [
    [7, 4],
    [11, 9],
  ] as const) {
    await goTo(row, column);
    for (const [index, { head, weights }] of read.at(row, column).entries()) {
      const most = weights.indexOf(Math.max(...weights));
      const place = `row ${Math.floor(most / 10) + 1}, column ${(most % 10) + 1}`;
      const share = `${(100 * weights[most]!).toFixed(0)}%`;
      const label = `Attention ${Math.floor(index / 2) + 1}, head ${head + 1}: most at ${place}: ${share}`;
      await maps.getByRole("img", { name: label }).waitFor();
    }
    expect(await maps.getByRole("img").count()).toBe(4);
  }
  await goTo(0, 0);
  await maps.getByRole("img", { name: "Attention 1, head 1: nothing is before this pixel" }).waitFor();
});

it("a model without attention: nothing", async () => {
  const { page } = await site.openForAll("/inspect/");
  await follow(page, "?model=mnist-binary&pixel=11-14");
  await page.getByText("predicted from").waitFor();
  await page.getByRole("img", { name: /^Gated PixelCNN/ }).waitFor();
  expect(await page.getByRole("region", { name: "Where this pixel looked" }).count()).toBe(0);
});
