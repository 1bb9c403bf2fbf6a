import { bitsPerDim, buildPreset, predict, receptiveField, sample } from "@pixelcnn/core";
import { encodePng } from "@pixelcnn/pictures";
import { describe, expect, it } from "vitest";
import { packLevels } from "../src/components/pictures/pack-levels.ts";
import { bytesOfLevels } from "../src/workers/drawing/bytes-of-levels";
import { dropFile } from "./support/drop-file.ts";
import { follow } from "./support/follow.ts";
import { loadedModel } from "./support/loaded-model.ts";
import { untrainedModel } from "./support/untrained-model.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

/** One page for all links: the first of them opens it, and the others are followed on it. */
async function open(query: string) {
  const { page } = await site.openForAll("/inspect/?model=glyphs&seed=4&picture=3&pixel=7-9");
  await page.getByText("The whole picture").waitFor();
  if (new URL(page.url()).search !== query) await follow(page, query);
  return page;
}

/** What core says of one picture. */
async function readByCore(name: string, levels: Uint8Array, classLabel?: number) {
  const model = await loadedModel(name);
  const { picture } = model.network;
  const distributions = await predict(model, levels, classLabel === undefined ? {} : { classLabel });
  const bits = Array.from(levels, (level, i) => -distributions[i * picture.levels + level]! / Math.LN2);
  const nats = bits.reduce((sum, value) => sum + value, 0) * Math.LN2;
  return { bits, nats, bitsPerDim: bitsPerDim(nats, picture), distributions };
}

async function drawnPicture(name: string, options: object): Promise<Uint8Array> {
  let levels = new Uint8Array(0);
  for await (const { pixels } of sample(await loadedModel(name), options)) levels = bytesOfLevels(pixels);
  return levels;
}

describe("of a picture that the model drew", () => {
  it("the surprise of the pixel, its distribution, its random number, and the whole picture's likelihood", async () => {
    const levels = await drawnPicture("glyphs", { seed: 4, firstIndex: 3, classLabel: 3 });
    const { bits, nats, bitsPerDim: perDim, distributions } = await readByCore("glyphs", levels, 3);
    const at = 7 * 16 + 9;
    const page = await open("?model=glyphs&seed=4&picture=3&pixel=7-9");
    await page.getByRole("heading", { name: "Row 8, column 10" }).waitFor();
    const panel = page.getByRole("region", { name: "The pixel" });
    await panel.getByText(`${bits[at]!.toFixed(2)} bits.`).waitFor();
    await panel.getByText(new RegExp(`Brightness ${levels[at]} of 0–3. The model gave it`)).waitFor();
    const likeliest = distributions
      .subarray(at * 4, at * 4 + 4)
      .reduce((best, value, k, all) => (value > all[best]! ? k : best), 0);
    await panel.getByRole("img", { name: `Most expected: level ${likeliest} ` }).waitFor();
    await panel.getByText(`fell into level ${levels[at]}.`).waitFor();
    const total = await page.getByText("The whole picture").textContent();
    expect(total).toContain(`${nats.toFixed(1)} nats`);
    expect(total).toContain(`${perDim.toFixed(3)} bits/dim`);
    expect(total).toContain("as class 3");
  });

  it("and begins at its most surprising pixel", async () => {
    const levels = await drawnPicture("mnist-binary", { seed: 6 });
    const { bits } = await readByCore("mnist-binary", levels);
    const most = bits.indexOf(Math.max(...bits));
    const page = await open("?model=mnist-binary&seed=6");
    const heading = `Row ${Math.floor(most / 28) + 1}, column ${(most % 28) + 1}`;
    await page.getByRole("heading", { name: heading }).waitFor();
  });
});

describe("of a picture of the visitor's", () => {
  const levels = Uint8Array.from({ length: 256 }, (_, i) =>
    i % 16 > 5 && i % 16 < 9 && i > 40 && i < 210 ? 3 : 0,
  );
  const picture = { height: 16, width: 16, channels: 1, levels: 4 };

  it("in a link: the likeliest class is found, and the likelihood is that class's", async () => {
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, label) => readByCore("glyphs", levels, label)),
    );
    const nats = all.map((one) => one.nats);
    const best = nats.indexOf(Math.min(...nats));
    const page = await open(`?model=glyphs&drawing=${packLevels(levels, picture)}`);
    const total = page.getByText("The whole picture");
    await total.getByText(`${nats[best]!.toFixed(1)} nats`).waitFor();
    expect(await total.textContent()).toContain(`as class ${best}, the likeliest`);
    expect(await page.getByText("The random number").count()).toBe(0);
  });

  it("dropped on the page: the same", async () => {
    const mine = levels.toReversed();
    const { nats } = await readByCore("glyphs", mine, 4);
    const page = await open("?model=glyphs&class=4");
    const bytes = encodePng({ width: 16, height: 16, channels: 1, data: mine.map((level) => level * 85) });
    await dropFile(page, { name: "mine.png", type: "image/png", bytes }, "Drop the picture to inspect it");
    await page
      .getByText("The whole picture")
      .getByText(`${nats.toFixed(1)} nats`)
      .waitFor();
    await page.waitForURL((url) => url.searchParams.get("drawing") === packLevels(mine, picture));
  });
});

it("of a picture that no link can carry, and says that it stays here", async () => {
  const picture = { height: 40, width: 40, channels: 3, levels: 256 };
  const { model, file } = untrainedModel("naive", { picture, channels: 3, layers: 1 });
  const page = await open("?model=glyphs");
  await dropFile(
    page,
    { name: "large.safetensors", type: "", bytes: file },
    "Drop the picture to inspect it",
  );
  await page.waitForURL(/model=file:large/);
  const data = Uint8Array.from({ length: 40 * 40 * 3 }, (_, i) => (i * 7) % 256);
  await dropFile(
    page,
    {
      name: "mine.png",
      type: "image/png",
      bytes: encodePng({ width: 40, height: 40, channels: 3, data }),
    },
    "Drop the picture to inspect it",
  );
  await page.getByText("Your picture is too large for a link: it stays here.").waitFor();
  const distributions = await predict(model, data);
  const nats = data.reduce((sum, level, i) => sum - distributions[i * 256 + level]!, 0);
  await page
    .getByText("The whole picture")
    .getByText(`${nats.toFixed(1)} nats`)
    .waitFor();
  expect(new URL(page.url()).searchParams.get("drawing")).toBeNull();
});

it("of the test pictures that the model expected least and most: first the most surprising", async () => {
  const page = await open("?model=glyphs");
  const nats = async (kind: string) => {
    const radios = page.getByRole("radio", { name: `${kind} surprising of the test set` });
    await radios.first().waitFor();
    const names = await radios.evaluateAll((all) => all.map((radio) => radio.getAttribute("aria-label")!));
    return names.map((name) => Number(/([\d.]+) nats$/.exec(name)![1]));
  };
  const [most, least] = [await nats("Most"), await nats("Least")];
  expect(most).toEqual(most.toSorted((a, b) => b - a));
  expect(least).toEqual(least.toSorted((a, b) => a - b));
  expect(Math.min(...most)).toBeGreaterThan(Math.max(...least));
  await page.getByRole("radio", { name: "Most surprising of the test set, 2" }).check({ force: true });
  await page.waitForURL(/picture=most-1/);
  await page
    .getByText("The whole picture")
    .getByText(`${most[1]!.toFixed(1)} nats`)
    .waitFor();
});

it("what each network sees, with its blind spot, is what core says of it", async () => {
  const page = await open("?model=mnist-binary&pixel=11-14");
  const { network } = await loadedModel("mnist-binary");
  const { picture } = network;
  const inside = ({ dy, dx }: { dy: number; dx: number }) =>
    (dy !== 0 || dx !== 0) && 11 + dy >= 0 && 14 + dx >= 0 && 14 + dx < 28;
  const own = receptiveField(network).seen.filter(inside).length;
  await page.getByText(`predicted from ${own} of the ${11 * 28 + 14} before it`).waitFor();
  for (const [name, title, options] of [
    ["naive", "Naive"],
    ["pixelcnn", "PixelCNN"],
    ["gated", "Gated PixelCNN"],
    ["row-lstm", "Row LSTM", { layers: 1 }],
    ["diagonal-bilstm", "Diagonal BiLSTM", { layers: 1 }],
  ] as const) {
    const { seen, blindSpot } = receptiveField(buildPreset(name, { picture, ...options }));
    const blind = blindSpot.filter(inside).length;
    const text =
      blind === 0
        ? "no blind spot"
        : `${blind} ${name === "row-lstm" ? "beside its triangle" : "in the blind spot"}`;
    const label = new RegExp(
      `^${title},.*sees ${seen.filter(inside).length} of 322 earlier pixels, ${text}$`,
    );
    await page.getByRole("img", { name: label }).waitFor();
    expect(blind > 0).toBe(name !== "gated" && name !== "diagonal-bilstm");
  }
});
