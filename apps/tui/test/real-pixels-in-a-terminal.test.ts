// biome-ignore-all lint/suspicious/noControlCharactersInRegex: what a terminal is sent begins with one
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { opener, type Terminal } from "./support/built-terminal.ts";
import { bundledModels, temporaryFolder } from "./support/fixtures.ts";

const root = temporaryFolder();
const runs = join(root, "runs");
mkdirSync(runs);
const start = opener(root, { models: bundledModels, runs });

let terminal: Terminal;
afterEach(() => terminal?.close());

/** Waits until the app asks, as a terminal of that kind answers. */
async function answering(answer: string): Promise<void> {
  terminal = start();
  await terminal.until(() => terminal.output.includes("\x1b[c"));
  // Over a slow line it comes in pieces, between the keys.
  const middle = answer.length >> 1;
  terminal.press(answer.slice(0, middle));
  terminal.press(`${answer.slice(middle)}\x1b[?62;4c`);
}

test("a terminal that answers as kitty does gets kitty's pictures, and they are taken away in the end", async () => {
  await answering("\x1b_Gi=4211;OK\x1b\\\x1b[6;20;10t");
  await terminal.until(/ · pixels/);
  terminal.press(">");
  await terminal.until(/256\/256/);
  await terminal.until(() => terminal.output.includes("\x1b_Ga=T"));
  const [, width, height, id, data] =
    /\x1b_Ga=T,q=2,f=32,o=z,t=d,s=(\d+),v=(\d+),i=(\d+)[^;]*;([^\x1b]*)\x1b\\/.exec(terminal.output)!;
  expect(inflateSync(Buffer.from(data!, "base64")).length).toBe(Number(width) * Number(height) * 4);
  expect(height).toBe("20");
  expect(terminal.text()).not.toMatch(/4211|OK|62;4/);
  // Text that lies over them is not covered.
  terminal.press("?");
  await terminal.until(/esc closes this/);
  expect(terminal.output).toContain(`\x1b_Ga=d,d=I,q=2,i=${id}\x1b\\`);
  terminal.press("?");
  await terminal.until(/ · pixels/);
  terminal.press("q");
  expect((await terminal.ended()).exitCode).toBe(0);
  const sent = [...terminal.output.matchAll(/\x1b_Ga=T[^;]*,i=(\d+)/g)].map((match) => match[1]);
  const gone = new Set([...terminal.output.matchAll(/\x1b_Ga=d,d=I,q=2,i=(\d+)/g)].map((match) => match[1]));
  for (const shown of sent) expect(gone).toContain(shown);
});

test("one that answers as iTerm2 does gets iTerm2's", async () => {
  await answering("\x1b]1337;ReportCellSize=10;5;2\x1b\\");
  await terminal.until(/ · pixels/);
  await terminal.until(() => /\x1b\]1337;File=inline=1;size=\d+;width=\d+;height=1/.test(terminal.output));
  terminal.press("a");
  await terminal.until(/ · half-blocks/);
  await terminal.until(/▀/);
});

test("one that only says what it is keeps half blocks", async () => {
  await answering("");
  await terminal.until(/▀/);
  terminal.press(" ");
  await terminal.until(/⏸ glyphs .* half-blocks/);
  expect(terminal.output).not.toMatch(/\x1b_Ga=T|1337;File/);
});
