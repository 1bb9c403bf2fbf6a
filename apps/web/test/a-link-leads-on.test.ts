/** What an address says that cannot be is said and taken out; what is chosen goes along, into the address, into the history, to the next view. */
import { describe, expect, it } from "vitest";
import { drawnByCore } from "./support/core-pictures.ts";
import { follow, goToView } from "./support/follow.ts";
import { tabTo } from "./support/keyboard.ts";
import { untilDrawn, wallBytes } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();
/** One look for all who read on a phone, so that they share a page. */
const phone = { viewport: { width: 390, height: 844 } };
const MISTAKEN = "/generate/?model=nope&seed=5&temperature=9&class=3&count=4&sampler=magic";
const parameter = (url: string, name: string) => new URL(url).searchParams.get(name);

describe("a link that cannot be followed", () => {
  it("to the letter is corrected, says so above all else, and draws", async () => {
    const { page } = await site.openForAll(MISTAKEN, phone);
    await untilDrawn(page);
    for (const words of [
      "There is no model called nope here: this is glyphs, the first one.",
      "The link says temperature=9, which cannot be",
      "The link says sampler=magic, which cannot be",
    ]) {
      const { y, height } = (await page.getByText(words).boundingBox())!;
      expect(y + height).toBeLessThan(844);
    }
    await expect.poll(() => new URL(page.url()).search).toBe("?seed=5&count=4");
    expect(await wallBytes(page)).toEqual(
      await drawnByCore("glyphs", { seed: 5, count: 4, classLabel: [0, 1, 2, 3] }),
    );
    await page.getByRole("button", { name: "Close" }).click();
    expect(await page.getByText("There is no model").count()).toBe(0);
  });

  it("for a class that the model has not is corrected when the model is known", async () => {
    const { page } = await site.openForAll(MISTAKEN, phone);
    await follow(page, "?class=10&count=1");
    await page.getByText("The link asks for class 10, which glyphs has not").waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe("?count=1");
  });

  it.each(["Generate", "Complete", "Inspect"])(
    "because its file is elsewhere offers a way on: %s",
    async (view) => {
      const { page } = await site.openForAll("/generate/?model=file:mine", phone);
      if (view !== "Generate") {
        // Back to the link, which goes along to the next view.
        await page.goBack();
        await page.waitForURL(/model=file(:|%3A)mine/);
        await goToView(page, view);
        await page.waitForURL(/model=file(:|%3A)mine/);
      }
      const { y } = (await page
        .getByText("The link names a file, mine, that only its owner has: drop it on the page.")
        .boundingBox())!;
      expect(y).toBeLessThan(600);
      expect(await page.locator("main canvas").count()).toBe(0);
      await page.getByRole("button", { name: "Go on with glyphs" }).click();
      await page.waitForURL((url) => !url.searchParams.has("model"));
      await untilDrawn(page);
    },
  );

  it("loses what is no picture of the model, and no pixel of it", async () => {
    const { page } = await site.openForAll("/generate/?model=file:mine", phone);
    await goToView(page, "Inspect");
    await follow(page, "?model=glyphs&picture=nr1&pixel=99-3&drawing=A*");
    await page.getByText("There is no picture called nr1 here").waitFor();
    await page.getByText("The picture of the link is none of this model's size").waitFor();
    await page.getByText("The link points at row 100, column 4 of a picture of 16 by 16").waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe("?model=glyphs&pixel=15-3");
  });

  it("loses what is no drawing of the model, and rows that it has not; those of a model chosen before are no fault of the link", async () => {
    const cut = "AAAAABQAAAD0BgAAQG4AAADkGwAA";
    const { page } = await site.openForAll("/generate/?model=file:mine", phone);
    await goToView(page, "Complete");
    await follow(page, `?model=glyphs&drawing=${cut}&rows=99&completions=1`);
    await page.getByText("The picture of the link is none of this model's size").waitFor();
    await page.getByText("The link keeps 99 rows of a picture of 16: half of it is kept.").waitFor();
    await untilDrawn(page);
    await page.waitForURL((url) => url.searchParams.get("drawing")?.length === 86);
    expect(parameter(page.url(), "rows")).toBeNull();
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("combobox", { name: "Model" }).selectOption("mnist-binary");
    await page.waitForURL((url) => url.searchParams.get("drawing")?.length === 131);
    await page.getByRole("slider", { name: "Rows that the model draws" }).press("Home");
    await page.waitForURL(/rows=28/);
    await page.getByRole("combobox", { name: "Model" }).selectOption("glyphs");
    await page.waitForURL((url) => url.searchParams.get("drawing")?.length === 86);
    await expect.poll(() => parameter(page.url(), "rows")).toBeNull();
    expect(await page.getByText(/of the link|The link/).count()).toBe(0);
  });
});

describe("what was chosen", () => {
  it("is taken back by Back, one choice at a time, and never leaves the page", async () => {
    const { page } = await site.openForAll("/generate/?seed=1&count=1");
    await untilDrawn(page);
    await page.getByRole("button", { name: "Draw others" }).click();
    await page.waitForURL((url) => url.searchParams.get("seed") !== "1");
    const other = page.url();
    await page.getByRole("combobox", { name: "Model" }).selectOption("mnist-binary");
    await page.waitForURL(/model=mnist-binary/);
    // A slider that is pulled is one choice.
    const pictures = page.getByRole("slider", { name: "Pictures" });
    for (let i = 0; i < 4; i++) await pictures.press("ArrowRight");
    await page.waitForURL(/count=5/);
    await page.goBack();
    await expect.poll(() => parameter(page.url(), "count")).toBe("1");
    expect(parameter(page.url(), "model")).toBe("mnist-binary");
    await page.goBack();
    await expect.poll(() => page.url()).toBe(other);
    await page.goBack();
    await expect.poll(() => new URL(page.url()).search).toBe("?seed=1&count=1");
    await untilDrawn(page);
    expect(await wallBytes(page)).toEqual(await drawnByCore("glyphs", { seed: 1, count: 1, classLabel: 0 }));
  });

  it("goes along to every view, and a drawing comes back", async () => {
    const { page } = await site.openForAll("/generate/?seed=1&count=1");
    await goToView(page, "Complete");
    await follow(page, "?model=mnist-binary&seed=7&temperature=0.5&completions=1");
    await page.locator("canvas[width='28']").first().waitFor();
    await untilDrawn(page);
    await page.waitForURL(/drawing=/);
    const drawing = parameter(page.url(), "drawing");
    for (const view of ["Explain", "Gallery", "Generate", "Complete"]) {
      await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: view }).click();
      await page.waitForURL(view === "Gallery" ? /:\d+\/\?/ : new RegExp(view.toLowerCase()));
      expect(parameter(page.url(), "model")).toBe("mnist-binary");
      expect(parameter(page.url(), "seed")).toBe("7");
    }
    expect(parameter(page.url(), "temperature")).toBe("0.5");
    expect(parameter(page.url(), "drawing")).toBe(drawing);
  });
});

describe("a picture", () => {
  it("opens in Inspect, is in its address, and Back goes back", async () => {
    const { page } = await site.openForAll("/generate/?seed=1&count=1");
    await goToView(page, "Generate");
    await follow(page, "?seed=6&count=16");
    await page.getByRole("link", { name: "Inspect picture 14" }).click();
    await page.waitForURL(/\/inspect\/\?model=glyphs&seed=6&picture=13$/);
    await page.getByText("The whole picture").waitFor();
    const chosen = page.getByRole("radio", { name: "Drawn picture 14", exact: true });
    expect(await chosen.isChecked()).toBe(true);
    const bytes = await page.locator("[data-selected] canvas").evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const { data } = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
      return Array.from({ length: width * height }, (_, i) => data[i * 4]);
    });
    expect(bytes).toEqual(await drawnByCore("glyphs", { seed: 6, firstIndex: 13, classLabel: 3 }));
    await page.goBack();
    await page.waitForURL(/\/generate\/\?seed=6&count=16$/);
    await untilDrawn(page);
  });

  it("is reached by the keyboard: one stop for the wall, arrows within", async () => {
    const { page } = await site.openForAll("/generate/?seed=1&count=1");
    await follow(page, "?seed=2&count=1");
    await page.locator('nav a[href^="/?seed=2"]').waitFor();
    await goToView(page, "Gallery");
    await untilDrawn(page);
    await tabTo(page, page.getByRole("group", { name: "50 pictures of the model glyphs" }));
    for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowRight"]) await page.keyboard.press(key);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/inspect\/\?model=glyphs&seed=2&picture=11$/);
  });
});

it("a link to a view that has the focus keeps it while the page starts, and then takes along what is chosen", async () => {
  const { page } = await site.openAnew("/teach/");
  await page.addInitScript(() => {
    document.addEventListener("DOMContentLoaded", () => {
      document.querySelector<HTMLElement>('[aria-label="Views"] a[href^="/generate/"]')!.focus();
    });
  });
  await page.goto(`${page.url()}?model=mnist`);
  const link = page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Generate" });
  await expect.poll(() => link.getAttribute("href")).toBe("/generate/?model=mnist");
  expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
});

it("Teach writes nothing into an address that says it already: who leaves at once is not called back", async () => {
  const { page } = await site.openAnew("/compress/");
  await page.addInitScript(() => {
    const written: string[] = [];
    Object.assign(window, { written });
    const replace = history.replaceState.bind(history);
    // Next writes paths.
    history.replaceState = (state, unused, url) => {
      if (String(url).startsWith(location.origin)) written.push(String(url));
      replace(state, unused, url);
    };
  });
  const written = () => page.evaluate(() => (window as unknown as { written: string[] }).written);
  await page.goto(page.url().replace("/compress/", "/teach/"));
  await page.getByRole("application").first().waitFor();
  await page.waitForLoadState("networkidle");
  expect(await written()).toEqual([]);
  await page.getByText("Settings", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Move" }).click();
  await expect.poll(() => new URL(page.url()).search).toBe("?vary=turn-scale");
});
