import { rm, utimes } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createSite } from "../server/site.ts";
import { out } from "./support/built-site.ts";
import { drawnByCore, inTurn } from "./support/core-pictures.ts";
import { listening } from "./support/file-server.ts";
import { visitKept } from "./support/kept-page.ts";
import { sharedBrowser } from "./support/shared-browser.ts";
import { Training, temporaryFolder } from "./support/training.ts";
import { untilDrawn, wallBytes } from "./support/visitor.ts";

const browser = sharedBrowser();

async function open(root: string, path: string) {
  const site = createSite({ out, runs: root });
  const answering = new Map<ServerResponse, string>();
  site.on("request", (request, response) => {
    answering.set(response, request.url!);
    response.on("close", () => answering.delete(response));
  });
  const served = await listening(site);
  const visitor = await visitKept(browser(), `${served.origin}${path}`);
  onTestFinished(async () => {
    await visitor.close();
    served.close();
  });
  /** Addresses that are being answered. */
  const underway = () => [...answering.values()];
  return { ...visitor, underway };
}

/** A run whose trainer was killed long ago. */
async function stoppedRun(root: string, name: string): Promise<void> {
  const training = await Training.begin(root, name);
  await training.epoch(1);
  await training.writer.close();
  const longAgo = new Date(Date.now() - 3_600_000);
  await utimes(join(root, name, "metrics.jsonl"), longAgo, longAgo);
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

it("shows the first training on a page that was open before it began", async () => {
  const root = temporaryFolder();
  const { page, complaints } = await open(root, "/");
  await untilDrawn(page);
  const training = await Training.begin(root, "first");
  await page.getByRole("heading", { name: "first", exact: true }).waitFor();
  await training.epoch(1);
  await page.getByText("10 steps").waitFor();
  expect(complaints).toEqual([]);
});

it("shows a finished training at its last step, which no record of a step told", async () => {
  const root = temporaryFolder();
  const training = await Training.begin(root, "short");
  for (const epoch of [1, 2]) await training.epoch(epoch);
  const { page } = await open(root, "/");
  await page.getByText("20 steps").waitFor();
  await training.writer.append({ type: "done", step: 22, epoch: 3, interrupted: false, elapsedMs: 1000 });
  await page.getByText("22 steps").waitFor();
});

it("takes back what a resumed training had told, and begins anew with a run made anew", async () => {
  const root = temporaryFolder();
  const training = await Training.begin(root, "again");
  for (const epoch of [1, 2]) await training.epoch(epoch);
  const { page, complaints } = await open(root, "/");
  const loss = (over: RegExp) => page.getByRole("img", { name: over }).waitFor();
  await loss(/Loss of again over 20 steps: from 100\.0 to 5\.0 nats/);
  await training.writer.resume(10);
  await loss(/Loss of again over 10 steps: from 100\.0 to 10\.0 nats/);
  await training.epoch(2);
  const sheet = page.getByRole("img", { name: "Samples of again after epoch 2, step 20", exact: true });
  await expect
    .poll(() => sheet.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0);
  await training.writer.close();
  await rm(join(root, "again"), { recursive: true });
  await page.getByRole("heading", { name: "again" }).waitFor({ state: "detached" });
  await (await Training.begin(root, "again")).epoch(1);
  await loss(/Loss of again over 10 steps: from 100\.0 to 10\.0 nats/);
  expect(complaints).toEqual([]);
});

it("follows all trainings over one connection, and leaves the browser's others to the rest of the site", async () => {
  const root = temporaryFolder();
  for (let i = 0; i < 20; i++) await stoppedRun(root, `stopped-${i}`);
  const live = [await Training.begin(root, "live-1"), await Training.begin(root, "live-2")];
  for (const training of live) await training.epoch(1);
  const { page, underway, complaints } = await open(root, "/");
  await expect.poll(() => page.getByText("stopped", { exact: true }).count()).toBe(20);
  for (const training of live) await training.epoch(2);
  for (const name of ["live-1", "live-2"]) {
    await page.getByRole("img", { name: `Samples of ${name} after epoch 2, step 20`, exact: true }).waitFor();
  }
  await page.waitForLoadState("load");
  await expect.poll(underway).toEqual(["/runs/events"]);
  await page.getByRole("link", { name: "Draw with live-1" }).click();
  await untilDrawn(page);
  await expect.poll(underway).toEqual([]);
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
