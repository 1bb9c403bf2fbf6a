/** Teach: drawings go along, come back after a reload and with a link. */
import { decode } from "fast-png";
import type { Download, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { EXAMPLES } from "../src/state/teaching/examples.ts";
import { packLesson, unpackLesson } from "../src/state/teaching/pack-lesson.ts";
import { canvasOf, drawLine, stepOf } from "./support/teach-page.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

/** The browser is another process: it sends what it saved. */
async function bytesOf(download: Download): Promise<Buffer> {
  return Buffer.concat(await (await download.createReadStream()).toArray());
}

/** What the browser has kept: strokes that are drawn, and steps that are learnt. */
function kept(page: Page): Promise<{ readonly strokes: number; readonly steps: number }> {
  return page.evaluate(async () => {
    // Asking for it would make an empty one.
    if (!(await indexedDB.databases()).some(({ name }) => name === "pixelcnn-teaching"))
      return { strokes: 0, steps: 0 };
    return await new Promise<{ strokes: number; steps: number }>((resolve) => {
      const opening = indexedDB.open("pixelcnn-teaching", 1);
      opening.onsuccess = () => {
        const store = opening.result.transaction("teaching").objectStore("teaching");
        const [drawings, learning] = [store.get("drawings"), store.get("learning")];
        // Answers come in the order of the questions.
        learning.onsuccess = () => {
          opening.result.close();
          resolve({
            strokes: drawings.result?.drawings.flat().length ?? 0,
            steps: learning.result?.memory.step ?? 0,
          });
        };
      };
    });
  });
}

/** Until the browser has kept so many strokes. */
async function untilKept(page: Page, strokes: number): Promise<void> {
  await expect.poll(async () => (await kept(page)).strokes).toBe(strokes);
}

/** Until the browser has kept what was learnt: a page that is left before that has learnt nothing. */
async function untilLearningKept(page: Page): Promise<void> {
  const step = await stepOf(page);
  await expect.poll(async () => (await kept(page)).steps).toBeGreaterThanOrEqual(step);
}

/** Of somebody else: two examples. */
const LINKED = packLesson({
  drawings: EXAMPLES.map(({ drawing }, cell) => (cell === 3 || cell === 8 ? drawing : [])),
  varied: { shift: true, turn: true, scale: true },
  start: "nothing",
  slower: true,
  seed: 5,
})!;

describe("a drawing", () => {
  it("made on the first page, with the keyboard, stays there over a reload, goes along to Teach, and is there after another", async () => {
    const { page } = await site.open("/");
    await drawLine(page);
    const pen = page.getByRole("application", { name: "Your drawing, strokes: 1" });
    await pen.waitFor();
    await untilKept(page, 1);
    await page.reload();
    await pen.waitFor();
    // What is drawn next comes to what was kept, and is taken back by itself.
    await drawLine(page);
    await untilKept(page, 2);
    await page.getByRole("application", { name: "Your drawing, strokes: 2" }).press("Backspace");
    await pen.waitFor();
    await untilKept(page, 1);
    await page.getByRole("link", { name: "Teach" }).last().click();
    const cell = page.getByRole("application", { name: "Drawing 1 of 10, 1 stroke" });
    await cell.waitFor();
    const drawn = await canvasOf(page, "[role=application]");
    await page.reload();
    await cell.waitFor();
    expect(await canvasOf(page, "[role=application]")).toBe(drawn);
    await cell.press("Delete");
    await page.getByRole("application", { name: "Drawing 1 of 10, empty" }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await cell.waitFor();
  });

  it("is copied as a link, and what was learnt stays over a reload until it is forgotten", {
    timeout: 120_000,
  }, async () => {
    const { page } = await site.openForAll("/teach/");
    await drawLine(page);
    await page.getByRole("button", { name: "Copy link" }).click();
    // A page that was not allowed it.
    const shown = page.getByRole("textbox", { name: "Link" });
    await shown.focus();
    const selected = await page.evaluate(() => document.getSelection()!.toString());
    expect([selected, await shown.isEditable()]).toEqual([await shown.inputValue(), false]);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("The link is copied").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("/teach/?lesson=");
    await page.getByRole("button", { name: "Teach", exact: true }).click();
    await page.getByText(/^Step \d+/).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Go on" }).waitFor();
    await untilLearningKept(page);
    const before = await stepOf(page);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "How it grew (GIF)" }).click();
    const gif = await bytesOf(await download);
    expect(gif.subarray(0, 6).toString()).toBe("GIF89a");
    const second = page.waitForEvent("download");
    await page.getByRole("button", { name: "Card to share (PNG)" }).click();
    const card = decode(await bytesOf(await second));
    expect([card.width, card.height]).toEqual([1200, 630]);
    // Ground, the black of what was drawn, and the black of what the model drew.
    const at = (x: number, y: number) => card.data[(y * card.width + x) * card.channels];
    expect([at(5, 5)! > 200, at(64, 254)]).toEqual([true, 0]);
    await page.reload();
    await page.getByText(/^Step \d+/).waitFor();
    expect(await stepOf(page)).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Go on" }).click();
    await expect.poll(() => stepOf(page)).toBeGreaterThan(before);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Go on" }).waitFor();
    await page.getByRole("button", { name: "Forget" }).click();
    await page.getByRole("button", { name: "Really forget it?" }).click();
    await expect.poll(async () => (await kept(page)).steps).toBe(0);
    await page.reload();
    await page.getByRole("button", { name: "Teach", exact: true }).waitFor();
  });

  it("goes with a link, and so do the settings, which live in the address until Back takes them back", async () => {
    // Where the drawing is that was copied.
    const { page } = await site.openForAll("/teach/");
    await page.getByRole("application", { name: "Drawing 1 of 10, 1 stroke" }).waitFor();
    await page.getByText("Settings", { exact: true }).click();
    await page.getByLabel("Turn").uncheck();
    await page.waitForURL(/\?vary=shift-scale$/);
    await page.getByText("a model of digits").click();
    await page.waitForURL(/start=glyphs/);
    await page.goBack();
    await expect.poll(() => new URL(page.url()).search).toBe("?vary=shift-scale");
    await page.reload();
    await page.getByText("Settings", { exact: true }).click();
    expect(await page.getByLabel("Turn").isChecked()).toBe(false);
    expect(await page.getByRole("radio", { name: "nothing" }).isChecked()).toBe(true);
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("The link is copied").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const { page: other } = await site.openAnew(link.slice(new URL(link).origin.length));
    await other.getByText("These drawings came with the link").waitFor();
    expect(await canvasOf(other, "[role=application]")).toBe(await canvasOf(page, "[role=application]"));
    await other.getByText("Settings", { exact: true }).click();
    expect(await other.getByLabel("Turn").isChecked()).toBe(false);
    // A setting that is changed is no longer the link's, nor lost with it.
    await other.getByLabel("Learn more slowly").check();
    await other.waitForURL((url) => url.search === "?vary=shift-scale&slower=true");
    await other.getByRole("application", { name: "Drawing 1 of 10, 1 stroke" }).waitFor();
  });
});

describe("the drawings of a link", () => {
  it("take the place of the visitor's own, and of what was learnt of them, when something is made of them, and not before", {
    timeout: 120_000,
  }, async () => {
    const { page } = await site.open("/teach/");
    const teach = page.getByRole("button", { name: "Teach", exact: true });
    const goOn = page.getByRole("button", { name: "Go on" });
    const arrived = page.getByText("These drawings came with the link");
    const own = page.getByRole("application", { name: "Drawing 1 of 10, 1 stroke" });
    const theirs = page.getByRole("application", { name: "Drawing 9 of 10, 2 strokes" });
    const sheet = page.getByRole("button", { name: /^Inspect what the model draws/, disabled: false });
    const learn = async () => {
      await teach.click();
      await page.getByText(/^Step \d+/).waitFor();
      await page.getByRole("button", { name: "Pause" }).click();
      await goOn.waitFor();
      await untilLearningKept(page);
    };
    await drawLine(page);
    await learn();
    // Nothing else learns from what was chosen since.
    const address = new URL(page.url());
    await page.goto(`${address.origin}/teach/?start=glyphs`);
    await goOn.waitFor();
    await page.getByText("Settings", { exact: true }).click();
    expect(await page.getByRole("radio", { name: "nothing" }).isChecked()).toBe(true);
    expect(await page.getByRole("radio", { name: "a model of digits" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Copy link" }).click();
    const link = new URL(await page.getByRole("textbox", { name: "Link" }).inputValue());
    expect(unpackLesson(link.searchParams.get("lesson")!)).toMatchObject({ start: "nothing", seed: 1 });

    await page.goto(`${address.origin}/teach/?lesson=${LINKED}`);
    await arrived.waitFor();
    await theirs.waitFor();
    await teach.waitFor();
    expect(await sheet.count()).toBe(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await own.waitFor();
    await goOn.waitFor();
    await page.waitForURL((url) => !url.searchParams.has("lesson"));
    await page.goto(`${address.origin}/teach/?lesson=${LINKED}`);
    await arrived.waitFor();
    await page.getByRole("button", { name: "Clear" }).click();
    await page.waitForURL((url) => !url.searchParams.has("lesson"));
    await page.reload();
    await own.waitFor();
    await goOn.click();
    await page.getByRole("button", { name: "Pause" }).click();
    await goOn.waitFor();
    expect(await sheet.count()).toBeGreaterThan(0);

    await page.goto(`${address.origin}/teach/?lesson=${LINKED}`);
    await arrived.waitFor();
    await drawLine(page);
    await untilKept(page, 5);
    await page.waitForURL((url) => url.search === "?slower=true");
    await page.reload();
    // Not what was learnt of other drawings.
    await teach.waitFor();
    await page.goto(`${address.origin}/teach/?lesson=${LINKED}`);
    await arrived.waitFor();
    await learn();
    expect(new URL(page.url()).search).toBe("?slower=true");
    expect(await stepOf(page)).toBeGreaterThan(0);
    await page.reload();
    await goOn.waitFor();
    await theirs.waitFor();
    expect(await sheet.count()).toBe(4);
  });

  it("and all others can be cleared while they are learnt, which then rests until there is something again", async () => {
    const { page } = await site.open(`/teach/?lesson=${LINKED}`);
    await page.getByRole("button", { name: "Teach", exact: true }).click();
    await page.getByText(/^Step \d+/).waitFor();
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("nothing is left to learn from").waitFor();
    const goOn = page.getByRole("button", { name: "Go on" });
    await goOn.waitFor();
    const step = await stepOf(page);
    expect(await goOn.isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await stepOf(page)).toBe(step);
    await goOn.click();
    await expect.poll(() => stepOf(page)).toBeGreaterThan(step);
  });
});

describe("of two tabs", () => {
  it("the one that kept something first is kept; the other says so, and can take its place", async () => {
    const { page } = await site.open("/teach/");
    const overtaken = (tab: Page) => tab.getByText("Another tab draws or teaches as well");
    await drawLine(page);
    await untilKept(page, 1);
    // Neither a look at it, nor an address that says what is chosen, is something to keep.
    const other = await page.context().newPage();
    await other.goto(`${new URL(page.url()).origin}/teach/?vary=shift-turn-scale`);
    await other.getByRole("application", { name: "Drawing 1 of 10, 1 stroke" }).waitFor();
    await drawLine(page);
    await untilKept(page, 2);
    expect(await overtaken(page).count()).toBe(0);
    await drawLine(other);
    await overtaken(other).waitFor();
    await drawLine(other);
    await untilKept(page, 2);

    // Wherever else that tab looks.
    await other.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Gallery" }).click();
    await other.getByRole("application", { name: "Your drawing, strokes: 3" }).waitFor();
    await overtaken(other).waitFor();
    await other.getByRole("button", { name: "Keep what is here instead" }).click();
    await untilKept(page, 3);
    await overtaken(other).waitFor({ state: "detached" });
    await drawLine(page);
    await overtaken(page).waitFor();
    await page.reload();
    await page.getByRole("application", { name: "Drawing 1 of 10, 3 strokes" }).waitFor();
  });
});
