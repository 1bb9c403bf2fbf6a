import { launchChromium } from "@pixelcnn/software-gpu";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { createSite } from "../server/site.ts";
import { out } from "./support/built-site.ts";
import { drawnByCore, inTurn } from "./support/core-pictures.ts";
import { listening } from "./support/file-server.ts";
import { Training, temporaryFolder } from "./support/training.ts";
import { untilDrawn, visit, wallBytes } from "./support/visitor.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

async function open(root: string, path: string) {
  const served = await listening(createSite({ out, runs: root }));
  const visitor = await visit(browser, `${served.origin}${path}`);
  onTestFinished(async () => {
    await visitor.close();
    served.close();
  });
  return visitor;
}

it("shows curve and sheets as they are written, and one slider moves the sheets of all trainings", async () => {
  const root = temporaryFolder();
  const first = await Training.begin(root, "first");
  const second = await Training.begin(root, "second");
  for (const training of [first, second]) for (const epoch of [1, 2]) await training.epoch(epoch);
  const { page, complaints } = await open(root, "/");
  await page.getByText("training now").first().waitFor();
  const sheet = (name: string, epoch: number) =>
    page.getByRole("img", {
      name: `Samples of ${name} after epoch ${epoch}, step ${epoch * 10}`,
      exact: true,
    });
  await sheet("first", 2).waitFor();
  await sheet("second", 2).waitFor();
  await page.getByRole("img", { name: /Loss of first over 20 steps: from 100\.0 to 5\.0 nats/ }).waitFor();

  await first.epoch(3);
  await sheet("first", 3).waitFor();
  await sheet("second", 2).waitFor();
  await first.finish(3);
  await page.getByText("done", { exact: true }).waitFor();

  await page.getByRole("slider", { name: "Samples after epoch" }).first().press("Home");
  await sheet("first", 1).waitFor();
  await sheet("second", 1).waitFor();
  expect(complaints).toEqual([]);
});

it("draws with the model of a training", async () => {
  const root = temporaryFolder();
  const training = await Training.begin(root, "mine");
  await training.epoch(1);
  const { page, complaints } = await open(root, "/generate/?model=run:mine&seed=8&count=3");
  await untilDrawn(page);
  expect(await wallBytes(page)).toEqual(
    await drawnByCore("glyphs", { seed: 8, classLabel: inTurn(3), count: 3 }),
  );
  expect(complaints).toEqual([]);
});

it("says so when a link names a training that is not here", async () => {
  const { page } = await open(temporaryFolder(), "/generate/?model=run:gone");
  await page.getByText("The link names a training, gone, of another machine.").waitFor();
});
