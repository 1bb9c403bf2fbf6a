/** Drawing takes what the keys leave. */
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { opener, type Terminal } from "../support/built-terminal.ts";
import { bundledModels, temporaryFolder } from "../support/fixtures.ts";

const root = temporaryFolder();
const models = join(root, "models");
mkdirSync(models);
copyFileSync(join(bundledModels, "glyphs.safetensors"), join(models, "glyphs.safetensors"));

let terminal: Terminal;
afterEach(() => terminal?.close());

const start = opener(root, { models, runs: join(root, "runs") });

test("a key is answered while pictures are drawn at full speed", async () => {
  terminal = start({ columns: 120, rows: 40 });
  await terminal.until(/▀/);
  terminal.press("++++++");
  await terminal.until(/at full speed/);
  const times: number[] = [];
  for (let i = 0; i < 20; i++) {
    const wanted = i % 2 === 0 ? /temperature 1\.1/ : /temperature 1\.0/;
    const pressed = performance.now();
    terminal.press(i % 2 === 0 ? "]" : "[");
    await terminal.until(wanted);
    times.push(performance.now() - pressed);
    await sleep(70);
  }
  const median = times.sort((a, b) => a - b)[10]!;
  expect(median).toBeLessThan(100);
});
