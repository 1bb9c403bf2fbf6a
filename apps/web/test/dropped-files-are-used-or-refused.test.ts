import { readFile } from "node:fs/promises";
import { encodePng } from "@pixelcnn/pictures";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { linkedDrawing } from "./support/completions.ts";
import { drawnByCore, modelFile } from "./support/core-pictures.ts";
import { dropFile, dropFiles } from "./support/drop-file.ts";
import { untrainedModel } from "./support/untrained-model.ts";
import { untilDrawn, wallBytes } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

const parameter = (url: string, name: string) => new URL(url).searchParams.get(name);
const INVITATION = "Drop the model file to use it here";
const drop = (page: Page, name: string, bytes: Uint8Array) =>
  dropFile(page, { name, type: "", bytes }, INVITATION);
const white = encodePng({ width: 28, height: 28, channels: 1, data: new Uint8Array(784).fill(255) });
const png = { name: "white.png", type: "image/png", bytes: white };

/** A safetensors file whose header is that of `bytes`, changed. */
function withHeader(bytes: Uint8Array, change: (header: string) => string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = Number(view.getBigUint64(0, true));
  const header = change(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const text = new TextEncoder().encode(header);
  const result = new Uint8Array(8 + text.length + bytes.length - 8 - length);
  new DataView(result.buffer).setBigUint64(0, BigInt(text.length), true);
  result.set(text, 8);
  result.set(bytes.subarray(8 + length), 8 + text.length);
  return result;
}

// One page for what is refused and then used on it.
it("refuses a model of levels that are no bytes in one line", async () => {
  const { page } = await site.openForAll("/generate/?seed=6&count=2");
  const picture = { height: 4, width: 4, channels: 1, levels: 65_536 };
  const likelihood = { kind: "mixture", components: 2 } as const;
  const { file } = untrainedModel("gated", { picture, likelihood, channels: 4, layers: 1 });
  await drop(page, "deep.safetensors", file);
  const notice = page.getByText("deep.safetensors cannot be used");
  await notice.waitFor();
  expect(await notice.textContent()).toContain(
    "expected a model of at most 256 levels, got one of 65,536; draw it in a terminal",
  );
  expect(page.url()).not.toContain("file");
});

describe("bad files get clear messages one after another, and the page goes on", () => {
  const cases: [string, (good: Uint8Array) => Uint8Array][] = [
    ["an empty file", () => new Uint8Array(0)],
    ["a file cut off", (good) => good.subarray(0, good.length - 1000)],
    ["noise", () => Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)],
    [
      "a header of 2⁶³ bytes",
      (good) => {
        const bytes = new Uint8Array(good);
        bytes.fill(0xff, 0, 7);
        bytes[7] = 0x7f;
        return bytes;
      },
    ],
    [
      "an unknown operation",
      (good) => withHeader(good, (header) => header.replace('\\"op\\":\\"gate\\"', '\\"op\\":\\"evil\\"')),
    ],
    [
      "a network that sees the future",
      (good) => withHeader(good, (header) => header.replace('\\"dy\\":-1', '\\"dy\\":1')),
    ],
  ];
  it("on a view that draws", async () => {
    const good = await readFile(modelFile("glyphs"));
    const { page } = await site.openForAll("/generate/?seed=6&count=2");
    await untilDrawn(page);
    for (const [what, make] of cases) {
      const bad = make(good);
      expect(Buffer.from(bad).equals(good), what).toBe(false);
      await drop(page, `${what}.safetensors`, bad);
      const notice = page.getByText(`${what}.safetensors cannot be used`);
      await notice.waitFor();
      expect(await notice.textContent()).toMatch(/expected .+/);
      expect(page.url()).not.toContain("file");
      await page.getByRole("button", { name: "Close" }).click();
      const seed = new URL(page.url()).searchParams.get("seed");
      await page.getByRole("button", { name: "Draw others" }).click();
      await page.waitForURL((url) => url.searchParams.get("seed") !== seed);
      await untilDrawn(page);
    }
  });
});

it("draws with a file that is dropped anywhere, and the address names it", async () => {
  const { page } = await site.openForAll("/generate/?seed=6&count=2");
  await untilDrawn(page);
  const seed = Number(parameter(page.url(), "seed"));
  await drop(page, "mine.safetensors", await readFile(modelFile("mnist-binary")));
  await page.getByText("mine.safetensors is open. It stays in this browser.").waitFor();
  await page.waitForURL(/model=file:mine/);
  await page.locator("canvas[width='28']").first().waitFor();
  await untilDrawn(page);
  expect(await wallBytes(page)).toEqual(await drawnByCore("mnist-binary", { seed, count: 2 }));
});

it("opens a file through the button as well", async () => {
  const { page } = await site.openForAll("/generate/?seed=6&count=2");
  await page.getByRole("button", { name: "Open a model file" }).waitFor();
  await page.setInputFiles("input[type=file]", modelFile("glyphs"));
  await page.getByText("glyphs.safetensors is open").waitFor();
});

it("keeps a file over a reload, until it is told to forget it", async () => {
  const { page } = await site.open("/generate/?seed=6&count=1");
  await untilDrawn(page);
  await drop(page, "mine.safetensors", await readFile(modelFile("mnist-binary")));
  await page.waitForURL(/model=file:mine/);
  await page.reload();
  await untilDrawn(page);
  expect(await wallBytes(page)).toEqual(await drawnByCore("mnist-binary", { seed: 6, count: 1 }));
  await drop(page, "mine.safetensors", await readFile(modelFile("mnist-binary")));
  const open = page.getByText("mine.safetensors is open, in the place of the one of that name. It stays");
  await open.waitFor();
  await page.getByRole("button", { name: "Forget mine" }).click();
  expect(parameter(page.url(), "model")).toBe("file:mine");
  await page.getByRole("button", { name: "Really forget it?" }).click();
  await page.waitForURL((url) => !url.searchParams.has("model"));
  expect(await page.getByRole("option", { name: "mine" }).count()).toBe(0);
  // Nor does anything say that it stays.
  expect(await open.count()).toBe(0);
  await page.goto(`${page.url()}&model=file:mine`);
  await page.getByText("The link names a file, mine").waitFor();
});

describe("what is dropped finds its way", () => {
  it.each([
    ["Complete it", "complete"],
    ["Inspect it", "inspect"],
  ])("a picture on a view of drawings: %s", async (way, view) => {
    const { page } = await site.openForAll("/generate/?model=mnist-binary&count=1");
    if (!page.url().includes("/generate/")) await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Generate" }).waitFor();
    await dropFile(page, png, INVITATION);
    await page.getByText("white.png is a picture, not a model.").waitFor();
    await page.getByRole("link", { name: way }).click();
    await page.waitForURL((url) => url.pathname === `/${view}/` && url.searchParams.has("drawing"));
    expect(await linkedDrawing(page, "mnist-binary")).toEqual(new Uint8Array(784).fill(1));
    expect(await page.getByText("white.png is a picture").count()).toBe(0);
  });

  it("several files at once: every model, one picture, and a line for the rest", async () => {
    const { page } = await site.open("/");
    const bytes = await readFile(modelFile("glyphs"));
    const text = { name: "notes.txt", type: "text/plain", bytes: Buffer.from("not a model at all") };
    const files = ["one", "two"].map((name) => ({ name: `${name}.safetensors`, type: "", bytes }));
    await dropFiles(page, [...files, text, png, png], INVITATION);
    const message = page.getByRole("status").filter({ hasText: "notes.txt" });
    await message.waitFor();
    const said = await message.textContent();
    expect(said).toContain("two.safetensors is open");
    expect(said).toContain("notes.txt is neither a picture nor a model file (.safetensors).");
    expect(said).toContain("One picture at a time: this is the first of 2.");
    // On a phone as well no button is broken into pieces, and no way runs into the next one.
    await page.setViewportSize({ width: 390, height: 844 });
    const linesOf = (element: Element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return range.getClientRects().length;
    };
    expect(await message.getByRole("button", { name: "Close" }).evaluate(linesOf)).toBe(1);
    const [first, second] = await message
      .getByRole("link")
      .evaluateAll((links) => links.map((link) => link.getBoundingClientRect()));
    expect(second!.left - first!.right).toBeGreaterThan(8);
    await message.getByRole("link", { name: "Generate", exact: true }).click();
    await page.waitForURL(/\/generate\/\?model=file%3Atwo/);
    await page.getByRole("option", { name: "one" }).waitFor({ state: "attached" });
  });
});
