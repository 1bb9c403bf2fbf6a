import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { opener, Terminal, type TerminalOptions } from "./support/built-terminal.ts";
import { bundledModels, temporaryFolder } from "./support/fixtures.ts";

const root = temporaryFolder();
const runs = join(root, "runs");
mkdirSync(runs);

let terminal: Terminal;
afterEach(() => terminal?.close());

const start = opener(root, { models: bundledModels, runs });

function open(options?: TerminalOptions): Terminal {
  terminal = start(options);
  return terminal;
}

const ESCAPE = "\x1b";

test("a frame fits every window, and never more", async () => {
  open({ columns: 120, rows: 40 });
  await terminal.until(/▀/);
  for (const [columns, rows] of [
    [80, 24],
    [200, 60],
    [60, 15],
    [20, 5],
    [100, 20],
    [80, 24],
  ] as const) {
    terminal.resize(columns, rows);
    const size = columns >= 40 ? `${columns}×${rows}` : "";
    await terminal.until((text) => {
      const lines = text.split("\n");
      return lines[0]!.startsWith("PixelCNN [sample]") && lines[0]!.endsWith(size) && lines.at(-1) === "";
    });
    expect(terminal.text().match(/PixelCNN/g)).toHaveLength(1);
  }
});

test.each([
  ["SIGTERM", 143],
  ["SIGINT", 130],
  ["SIGHUP", 129],
])("%s gives the terminal back", async (signal, code) => {
  open();
  await terminal.until(/▀/);
  terminal.pty.kill(signal);
  expect((await terminal.ended()).exitCode).toBe(code);
  expect(terminal.isAlternate).toBe(false);
  expect(terminal.output.lastIndexOf("\x1b[?25h")).toBeGreaterThan(terminal.output.lastIndexOf("\x1b[?25l"));
});

test("Ctrl-Z gives the terminal to the shell, and the screen comes back with fg", async () => {
  // From source, with its thread, as a user starts it; the other tests start what is built of it.
  const app = `"${process.execPath}" --import tsx src/main.ts --models-dir "${bundledModels}" --runs-dir "${runs}"`;
  // Between the two the app's group is stopped, and a shell of its session is there to let it go on.
  // It stays: of one that ends, node-pty may lose the last words.
  const script = `set -m; ${app}; echo "the shell again"; read line; fg >/dev/null; echo "ended with $?"; read line`;
  terminal = new Terminal({ command: ["sh", "-c", script], environment: { INIT_CWD: root } });
  await terminal.until(/▀/);
  terminal.press(" ");
  await terminal.until(/⏸/);
  const shown = await terminal.still();
  terminal.press("\x1a");
  await terminal.until(/the shell again/);
  expect(terminal.isAlternate).toBe(false);
  expect(terminal.output.lastIndexOf("\x1b[?25h")).toBeGreaterThan(terminal.output.lastIndexOf("\x1b[?25l"));
  terminal.press("\r");
  await terminal.until(/⏸/);
  expect(await terminal.still()).toBe(shown);
  expect(terminal.isAlternate).toBe(true);
  terminal.press("q");
  await terminal.until(/ended with 0/);
});

test("Ctrl-C leaves from everywhere, also where everything else is told that nobody watches", async () => {
  open({ environment: { CI: "true" } });
  await terminal.until(/▀/);
  terminal.press("#1");
  await terminal.until(/Seed/);
  terminal.press("\x03");
  expect((await terminal.ended()).exitCode).toBe(0);
  expect(terminal.isAlternate).toBe(false);
});

test("a fault is shown on the screen that was there before", async () => {
  terminal = new Terminal({ command: [process.execPath, "--import", "tsx", "test/support/crash.ts"] });
  expect((await terminal.ended()).exitCode).toBe(1);
  expect(terminal.output).toContain("\x1b[?1049h");
  expect(terminal.isAlternate).toBe(false);
  expect(terminal.text()).toContain("this is a fault of the app");
});

test("NO_COLOR is obeyed", async () => {
  open({ environment: { NO_COLOR: "1" } });
  await terminal.until(/[⠁-⣿]/);
  expect(terminal.text()).toMatch(/ · braille/);
  terminal.press("?");
  await terminal.until(/esc closes/);
  terminal.press(ESCAPE);
  await terminal.until(/ · braille/);
  terminal.press("q");
  await terminal.ended();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences begin with one
  expect(terminal.output.replaceAll("\x1b[0m", "")).not.toMatch(/\x1b\[[0-9;]*m/);
});

test("a terminal of 7 bits gets 7 bits", async () => {
  open({ environment: { LC_ALL: "C", LANG: "C" } });
  await terminal.until(/\[\]/);
  terminal.press("\t");
  await terminal.until(/There are no runs/);
  terminal.press("q");
  await terminal.ended();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what 7 bits are
  expect(terminal.output).toMatch(/^[\x00-\x7f]*$/);
});

test("without a terminal it says what to run instead, and exits with 1; wrong usage is 2", async () => {
  const line = (words: string) => `"${process.execPath}" ${Terminal.app.join(" ")} ${words}`;
  terminal = new Terminal({
    columns: 200,
    command: ["sh", "-c", `${line("")} | cat; ${line("--what")}; echo "code $?"`],
  });
  const text = await terminal.until(/code 2/);
  expect(text).toMatch(
    /expected a terminal, got a pipe or a file; .*pnpm --silent --filter cli generate --ascii/,
  );
  expect(text).toMatch(/Unknown option '--what'.*run with --help/);
});
