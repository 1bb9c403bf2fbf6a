import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { decodeModelFile } from "@pixelcnn/core";
import { layout, listCheckpoints } from "@pixelcnn/runs";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";
import { Trainer } from "../support/trainer.ts";

const folder = temporaryFolder();
const settings = [
  ...["--size", "8", "--channels", "4", "--layers", "1", "--batch-size", "4", "--steps", "20"],
  ...["--samples", "0", "--test-limit", "2", "--quiet"],
];

/** A module that every thread of the app loads before its own; the heartbeat's, which loads none, is spared. */
function preload(name: string, body: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(
    path,
    `import { isMainThread, parentPort, threadId, workerData } from "node:worker_threads";\n${body}`,
  );
  return pathToFileURL(path).href;
}

const weightsOf = (run: string) => decodeModelFile(readFileSync(layout.model(run))).model.weights;

it("a thread that dies ends the training with what was learned, and it goes on to the same weights", async () => {
  const [run, undisturbed] = [join(folder, "died"), join(folder, "undisturbed")];
  const whole = new Trainer([...settings, "--workers", "2", "--run", undisturbed]);
  const dying = preload(
    "dies",
    'let asked = 0; if (!isMainThread) parentPort?.on("message", () => { if (++asked === 7) process.exit(3); });',
  );
  const trainer = new Trainer([...settings, "--workers", "2", "--run", run], { preload: dying });
  expect(await trainer.ended).toBe(1);
  expect(trainer.stderr).toBe(
    "a worker thread failed: it ended with code 3; try --workers 1; " +
      `step 6 is saved: pnpm --filter cli train --resume ${run}\n`,
  );
  expect(await listCheckpoints(run)).toEqual([layout.checkpoint(run, 6)]);
  expect(readdirSync(run)).not.toContain("lock");
  const resumed = new Trainer(["--resume", run, "--quiet"]);
  expect(await resumed.ended).toBe(0);
  expect(await whole.ended).toBe(0);
  expect(weightsOf(run)).toEqual(weightsOf(undisturbed));
});

it("when one of several does not start, the others are ended and no run is left", async () => {
  const run = join(folder, "never");
  const failing = preload(
    "fails",
    "if (!isMainThread && workerData?.gradient) " +
      'setTimeout(() => { throw new Error("thread " + threadId + " does not start"); }, 0);',
  );
  const trainer = new Trainer([...settings, "--workers", "3", "--run", run], { preload: failing });
  expect(await trainer.ended).toBe(1);
  expect(trainer.stderr).toMatch(/^a worker thread failed: thread \d+ does not start; try --workers 1\n$/);
  expect(existsSync(run)).toBe(false);
});

it("a set that does not fit the model is refused before any thread, and any run, is begun", async () => {
  const run = join(folder, "refused");
  const model = join(folder, "tiny.safetensors");
  writeTinyModel(model, { size: 8 });
  const words = ["--init-from", model, "--dataset", "colour-glyphs", "--workers", "2", "--run", run];
  const trainer = new Trainer([...words, "--steps", "1"]);
  expect(await trainer.ended).toBe(1);
  expect(trainer.stderr).toMatch(
    /^the model takes 8×8 pictures of 1 channel.* choose another set or model\n$/,
  );
  expect(existsSync(run)).toBe(false);
});
