import { expect, it } from "vitest";
import { drawnByCore } from "./support/core-pictures.ts";
import { untilDrawn, wallBytes } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

/** Of the site, and nothing that goes to work: what a page asks for can be refused before it asks. */
const NO_PAGE = "/icon.svg";

/** The browser writes every request that fails to its console. */
const isOfTheNetwork = (complaint: string) => complaint.startsWith("console: Failed to load resource: net::");

it("a list of models that does not come, when the visitor asks", async () => {
  const { page, complaints } = await site.open(NO_PAGE);
  await page.route("**/models/manifest.json", (route) => route.abort());
  await page.goto(new URL("/", page.url()).href);
  const message = page.getByText("models/manifest.json could not be fetched: the site does not answer.");
  await message.first().waitFor();
  await page.unroute("**/models/manifest.json");
  await page.getByRole("button", { name: "Try again" }).click();
  await untilDrawn(page);
  await expect.poll(() => message.count()).toBe(0);
  expect(complaints.splice(0).every(isOfTheNetwork)).toBe(true);
});

it("a model that is asked for offline, by itself when the device is online again", async () => {
  const { page, complaints } = await site.open("/generate/?model=glyphs&seed=2&count=1");
  await untilDrawn(page);
  await page.context().setOffline(true);
  await page.getByLabel("Model", { exact: true }).selectOption("mnist-binary");
  const message = page.getByText(
    "models/mnist-binary.safetensors could not be fetched: this device is offline.",
  );
  await message.first().waitFor();
  await page.context().setOffline(false);
  await message.first().waitFor({ state: "detached" });
  await untilDrawn(page);
  expect(await wallBytes(page)).toEqual(await drawnByCore("mnist-binary", { seed: 2, count: 1 }));
  expect(complaints.splice(0).every(isOfTheNetwork)).toBe(true);
});

it("the sampler's program, in words, and it is tried again", async () => {
  const { page, complaints } = await site.open(NO_PAGE);
  const program = /\/\w+-layers\.[^/]*wasm$/;
  // A worker asks: requests of it go through its context.
  await page.context().route(program, (route) => route.abort());
  await page.goto(new URL("/generate/?model=glyphs&seed=2&count=1", page.url()).href);
  const message = page.getByText("the sampler’s program could not be fetched: the site does not answer");
  await message.first().waitFor();
  await page.context().unroute(program);
  await page.getByRole("button", { name: "Draw" }).first().click();
  await untilDrawn(page);
  await expect.poll(() => message.count()).toBe(0);
  expect(complaints.splice(0).every(isOfTheNetwork)).toBe(true);
});
