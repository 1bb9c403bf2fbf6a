import { describe, expect, it } from "vitest";
import { drawnByCore, inTurn } from "./support/core-pictures.ts";
import { untilDrawn, wallBytes } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

/** Pictures of a link, and what the device panel says. */
async function drawnBy(query: string) {
  const { page } = await site.open(`/generate/?${query}`);
  await untilDrawn(page);
  return {
    bytes: await wallBytes(page),
    device: await page.getByRole("region", { name: "This device" }).textContent(),
  };
}

describe("a link", () => {
  it("draws the model, seed, temperature, class and count that it names, as core does", async () => {
    const link = "model=glyphs&seed=123456789012345&temperature=0.8&class=3&count=5&sampler=incremental";
    const { bytes, device } = await drawnBy(link);
    expect(device).toContain("One core of the processor draws");
    expect(bytes).toEqual(
      await drawnByCore("glyphs", { seed: 123456789012345, temperature: 0.8, classLabel: 3, count: 5 }),
    );
  });

  it("draws all classes in turn when it names none, and the first model", async () => {
    const { bytes } = await drawnBy("seed=4&count=12&sampler=incremental");
    expect(bytes).toEqual(await drawnByCore("glyphs", { seed: 4, classLabel: inTurn(12), count: 12 }));
  });

  it("draws a model without classes", async () => {
    const { bytes } = await drawnBy("model=mnist-binary&seed=9&count=3&sampler=incremental");
    expect(bytes).toEqual(await drawnByCore("mnist-binary", { seed: 9, count: 3 }));
  });

  it("takes what it cannot mean for nothing said", async () => {
    const { bytes } = await drawnBy("seed=-1&temperature=99&count=4&class=77&sampler=quantum");
    expect(bytes).toEqual(await drawnByCore("glyphs", { seed: 0, classLabel: inTurn(4), count: 4 }));
  });

  it("says so when it names a model that is not here", async () => {
    const { page } = await site.open("/generate/?model=nothing");
    await page.getByText("There is no model called nothing here").waitFor();
  });
});

it("keeps every setting in the address, and draws the same pictures after a reload", async () => {
  const { page } = await site.open("/generate/?sampler=incremental");
  await page.getByRole("combobox", { name: "Model" }).selectOption("glyphs");
  await page.getByRole("combobox", { name: "Class" }).selectOption("8");
  await page.getByRole("textbox", { name: "Seed" }).fill("77");
  await page.getByRole("textbox", { name: "Seed" }).press("Enter");
  await page.getByRole("slider", { name: "Pictures" }).press("Home");
  await page.getByRole("slider", { name: "Pictures" }).press("ArrowRight");
  await page.getByRole("slider", { name: "Temperature" }).press("ArrowLeft");
  await page.waitForFunction(() => location.search.includes("temperature=0.95"));
  const address = page.url();
  expect(Object.fromEntries(new URL(address).searchParams)).toEqual({
    sampler: "incremental",
    model: "glyphs",
    class: "8",
    seed: "77",
    count: "2",
    temperature: "0.95",
  });
  const { bytes } = await drawnBy(new URL(address).search.slice(1));
  expect(bytes).toEqual(
    await drawnByCore("glyphs", { seed: 77, temperature: 0.95, classLabel: 8, count: 2 }),
  );
});

describe("the shader", () => {
  it("draws the same pictures through WebGPU", async () => {
    const { bytes, device } = await drawnBy("model=glyphs&seed=7&count=4&sampler=shader");
    expect(device).toContain("The graphics chip draws");
    expect(bytes).toEqual(await drawnByCore("glyphs", { seed: 7, classLabel: inTurn(4), count: 4 }));
  });
});
