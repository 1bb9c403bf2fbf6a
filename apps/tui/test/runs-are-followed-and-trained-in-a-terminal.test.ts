import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isTrained, layout, requestStop } from "@pixelcnn/runs";
import { afterAll, afterEach, expect, test } from "vitest";
import { runKeys } from "../src/app/keys.ts";
import { startTraining } from "../src/runs/trainings.ts";
import { Terminal, type TerminalOptions } from "./support/built-terminal.ts";
import {
  bundledModels,
  evaluationRecord,
  stepRecord,
  temporaryFolder,
  writeDamagedRuns,
  writeRun,
} from "./support/fixtures.ts";

const root = temporaryFolder();
const [UP, DOWN, RIGHT, LEFT] = ["\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"] as const;

let terminal: Terminal;
afterEach(() => terminal?.close());

/** Trainings outlive the app, but not these tests. */
const trained: string[] = [];
afterAll(async () => {
  for (const directory of trained) {
    await requestStop(directory);
  }
});

function open(runs: string, options: TerminalOptions = {}): Terminal {
  terminal = new Terminal({
    words: ["--runs", "--models-dir", bundledModels, "--runs-dir", runs],
    environment: { INIT_CWD: root },
    ...options,
  });
  return terminal;
}

/** White pixels of all half blocks on the screen: those of the samples. */
function whitePixels(): number {
  let count = 0;
  for (let y = 0; y < terminal.screen.rows; y++) {
    for (let x = 0; x < terminal.screen.cols; x++) {
      const cell = terminal.screen.buffer.active.getLine(y)!.getCell(x)!;
      if (cell.getChars() !== "▀") continue;
      count += Number(cell.getFgColor() === 0xffffff) + Number(cell.getBgColor() === 0xffffff);
    }
  }
  return count;
}

test("a run that another process writes is followed, scrubbed through and laid over others", async () => {
  const runs = join(root, "followed");
  mkdirSync(runs);
  const done = await writeRun(runs, "done", 3);
  await done.append({ type: "done", step: 30, epoch: 3, interrupted: false, elapsedMs: 1000 });
  await done.close();
  const writer = await writeRun(runs, "live", 2);

  open(runs, { columns: 110, rows: 34 });
  // The one that is being written is looked at first.
  await terminal.until(/live: training · epoch 2 · step 20 · 100\.0% · .* · 50\.0 pictures\/s/);
  await terminal.until(/train 55\.00 nats 0\.7935 bits\/dim · test 58\.00 nats 0\.8368 bits\/dim/);
  await terminal.until(/gated on glyphs · 1,234 weights · wasm, 1 worker · learning rate 1\.00e-3/);
  await terminal.until(/done +finished +3 +30 +57\.00/);
  expect(terminal.text()).toMatch(/[⠁-⣿]{3}/);
  await terminal.until(/samples 2\/2: epoch 2, step 20/);
  // A row per epoch.
  await terminal.until(() => whitePixels() === 16);

  await writer.append(stepRecord(25, 52, { epoch: 3, progress: 0.25 }));
  await terminal.until(/live: training · epoch 3 · step 25 · 25\.0%/);
  await sleep(300);
  await writer.append(stepRecord(30, 51, { epoch: 3, progress: 0.5 }));
  await writer.append(evaluationRecord(30, 3, 50));
  await terminal.until(/step 30 · 50\.0% .* left/);
  await terminal.until(/test 50\.00 nats/);

  terminal.press("?");
  const help = await terminal.until(/esc closes this/);
  for (const { shown: key, about } of runKeys) expect(help).toContain(`${key.padEnd(9)} ${about}`);
  terminal.press("?");

  await terminal.until(/samples 2\/2/);
  terminal.press(LEFT);
  await terminal.until(/samples 1\/2: epoch 1, step 10/);
  await terminal.until(() => whitePixels() === 8);
  terminal.press(RIGHT);
  await terminal.until(/samples 2\/2: epoch 2, step 20/);
  terminal.press("g");
  await terminal.until(/samples 1\/2/);
  terminal.press("G");
  await terminal.until(/samples 2\/2/);
  for (const curve of ["bits/dim", "gradient norm", "learning rate", "pictures/s", "nats"]) {
    terminal.press("y");
    await terminal.until(new RegExp(`^${curve}  `, "m"));
  }
  for (const smoothing of ["0.97", "0", "0.6", "0.9"]) {
    terminal.press("o");
    await terminal.until(new RegExp(`smoothing ${smoothing}(?!\\d|\\.)`));
  }
  terminal.press(" ");
  await terminal.until(/>● +live/);
  terminal.press(UP);
  await terminal.until(/> a done/);
  // Both curves, each by its run's name.
  await terminal.until(/a done +b live/);

  terminal.press("x");
  await terminal.until(/done is not being trained/);
  // How long it was meant to be is not written down in this one.
  terminal.press("r");
  await terminal.until(/done is finished: nothing to go on with/);
  await writer.close();
});

test("empty, damaged and half-written runs are shown as such", async () => {
  const runs = join(root, "damaged");
  mkdirSync(runs);
  await writeDamagedRuns(runs);
  open(runs, { columns: 120, rows: 44 });
  for (const line of [
    /an-empty-folder +empty: there is no metrics\.jsonl in it/,
    /config-cut-off +damaged: its config\.json is missing or damaged/,
    /metrics-half-written +broken off +1 +1/,
    /metrics-is-a-folder +damaged: expected a run directory/,
    /metrics-of-noise +damaged: no line of its metrics\.jsonl can be read/,
    /sheet-of-noise +broken off/,
  ]) {
    await terminal.until(line);
  }
  // Every one of them can be looked at.
  for (let i = 0; i < 6; i++) {
    terminal.press(DOWN);
    await sleep(150);
  }
  await terminal.until(/> +sheet-of-noise/);
  await terminal.until(/samples\/step-00000010\.png: \S+/);
  terminal.press("r");
  await terminal.until(/sheet-of-noise: expected a checkpoint/, 50_000);
  terminal.press("\r");
  await terminal.until(/sheet-of-noise has no model to draw with/);
});

test("a finished training goes on for as much more as is typed", async () => {
  const runs = join(root, "extended");
  const directory = join(runs, "short");
  trained.push(directory);
  const words = "--steps 4 --limit 16 --test-limit 4 --channels 4 --layers 1 --samples 0 --workers 1";
  // From source, as whoever works on it has it started.
  startTraining([...words.split(" "), "--run", `${directory}/`, "--quiet"], expect.fail);
  open(runs, { columns: 110, rows: 30 });
  await terminal.until(/short: finished · epoch \d+ · step 4 /);
  terminal.press("r");
  await terminal.until(/short is finished after 4 steps; how many more steps/);
  terminal.press("some\r");
  await terminal.until(/expected a whole number of steps above 0, got some/);
  terminal.press(`${"\x7f".repeat(4)}5\r`);
  await terminal.until(/going on with short/);
  await terminal.until(/short: finished · epoch \d+ · step 9 /, 60_000);
  expect(JSON.parse(readFileSync(layout.config(directory), "utf8"))).toMatchObject({ steps: 9 });
});

test("a training is started from the form, stopped and resumed", async () => {
  const runs = join(root, "trained");
  mkdirSync(runs);
  const directory = join(runs, "glyphs-gated-small");
  trained.push(directory);
  // It waits for the app more than it works.
  const pausing = fileURLToPath(new URL("../../../packages/built-app/src/pause-steps.mjs", import.meta.url));
  open(runs, {
    columns: 110,
    rows: 30,
    environment: { INIT_CWD: root, NODE_OPTIONS: `--import ${pausing}` },
  });
  await terminal.until(/There are no runs/);
  terminal.press("t");
  await terminal.until(/Start a training/);
  terminal.press(`${DOWN}${DOWN}${RIGHT}`);
  await terminal.until(/> size +‹ medium ›/);
  terminal.press(LEFT);
  await terminal.until(/> size +‹ small ›/);
  terminal.press(`${DOWN}\x7f\r`);
  await terminal.until(/type a number of epochs/);
  terminal.press("300\r");
  await terminal.until(/starting glyphs-gated-small/);
  await terminal.until(/glyphs-gated-small: training · epoch \d+ · step \d+/, 60_000);
  expect(JSON.parse(readFileSync(layout.config(directory), "utf8"))).toMatchObject({
    ...{ dataset: "glyphs", model: "gated", channels: 16, layers: 3, epochs: 300 },
  });

  terminal.press("x");
  await terminal.until(/Stop the training of glyphs-gated-small\?/);
  terminal.press("y");
  await terminal.until(/glyphs-gated-small: stopped/, 60_000);
  expect(existsSync(layout.model(directory))).toBe(true);
  expect(await isTrained(directory)).toBe(false);
  const stopped = Number(/· step ([\d,]+)/.exec(terminal.text())![1]!.replace(",", ""));

  // Its model can be drawn with.
  terminal.press("\r");
  await terminal.until(/▶ glyphs-gated-small, newest · 16×16 4 levels/);
  await terminal.until(/▀/);
  terminal.press("\t");

  await terminal.until(/glyphs-gated-small: stopped/);
  terminal.press("r");
  await terminal.until(/glyphs-gated-small: training/, 60_000);
  await terminal.until((text) => {
    const step = /glyphs-gated-small: training · epoch \d+ · step ([\d,]+)/.exec(text)?.[1];
    return step !== undefined && Number(step.replace(",", "")) > stopped;
  }, 60_000);
  // It goes on without this app.
  terminal.press("q");
  expect((await terminal.ended()).exitCode).toBe(0);
  expect(await isTrained(directory)).toBe(true);
});
