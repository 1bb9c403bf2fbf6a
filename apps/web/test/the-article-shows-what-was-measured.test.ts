import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { decodeModelFile, sample } from "@pixelcnn/core";
import { describe, expect, it } from "vitest";
import results from "../../../models/results.json" with { type: "json" };
import { maskStack } from "../src/views/explain/networks/mask-stack.ts";
import frequencies from "../src/views/explain/networks/pixel-frequencies.json" with { type: "json" };
import { out } from "./support/built-site.ts";
import { wallBytes } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

async function maskModel(name: string) {
  const folder = fileURLToPath(new URL("../src/views/explain/mask-models", import.meta.url));
  return decodeModelFile(await readFile(`${folder}/${name}.safetensors`));
}

describe("the article's two models", () => {
  it.each([
    ["mask-a-everywhere", "A"],
    ["mask-a-then-b", "B"],
  ] as const)(
    "%s is the network that the figure shows, measured on the whole test set",
    async (name, mask) => {
      const { model, provenance } = await maskModel(name);
      expect(model.network).toEqual(maskStack(mask));
      expect(provenance.test?.images).toBe(10_000);
      expect(provenance.command).toContain("train:mask-models");
    },
  );

  it("draw in the page what core draws, and the page says what the files say", async () => {
    const { page } = await site.openForAll("/explain/");
    const place = page.locator("#figure-hidden");
    await place.scrollIntoViewIfNeeded();
    await expect.poll(() => place.locator('[data-drawing="done"]').count()).toBe(2);
    const { model, provenance } = await maskModel("mask-a-everywhere");
    const levels: number[] = [];
    for await (const { complete, pixels } of sample(model, { count: 12, seed: 0 }))
      if (complete) levels.push(...pixels);
    expect(await wallBytes(page, "#figure-hidden")).toEqual(levels.map((level) => level * 255));
    const ink = levels.reduce((sum, level) => sum + level, 0) / levels.length;
    await place
      .getByText(`${provenance.test!.nats.toFixed(1)} nats per test picture; ${(100 * ink).toFixed(1)}% ink`)
      .waitFor();
  });
});

describe("the article's sentences", () => {
  it("say of classes and mixtures what was measured", async () => {
    const html = await readFile(`${out}/explain/index.html`, "utf8");
    // React parts its texts by comments.
    const said = html.replaceAll("<!-- -->", "");
    const { agreement, classifier } = results.glyphs.classAgreement;
    for (const share of [agreement, classifier.accuracy])
      expect(said).toContain(`${(100 * share).toFixed(1)}%`);
    for (const { weights, test } of [results.cifar10, results["cifar10-local"]]) {
      expect(said).toContain(`with ${weights.toLocaleString("en")}`);
      expect(said).toContain(`needs ${test.bitsPerDim.toFixed(2)}`);
    }
  });
});

describe("the article's table", () => {
  it("gives every model the numbers of its measurement on the whole test set", async () => {
    const { page } = await site.openForAll("/explain/");
    const rows = page.locator("#figure-likelihood tbody tr");
    const everywhere = (await maskModel("mask-a-everywhere")).provenance.test!.nats;
    const thenB = (await maskModel("mask-a-then-b")).provenance.test!.nats;
    const { images, nats: gated } = results["mnist-binary"].test;
    expect(images).toBe(10_000);
    const expected = [784 * Math.LN2, frequencies.testNats, everywhere, thenB, gated, 81.3];
    await expect
      .poll(() => rows.locator("td:nth-child(2)").allTextContents())
      .toEqual(expected.map((nats) => nats.toFixed(1)));
    expect(await rows.locator("td:nth-child(3)").allTextContents()).toEqual(
      expected.map((nats) => (nats / 784 / Math.LN2).toFixed(3)),
    );
    expect(await rows.locator("td:nth-child(4)").allTextContents()).toEqual(
      expected.map((nats) => Math.exp(-nats / 784).toFixed(3)),
    );
    expect(expected.slice(0, 5).every((nats, i) => i === 0 || nats < expected[i - 1]!)).toBe(true);
  });
});
