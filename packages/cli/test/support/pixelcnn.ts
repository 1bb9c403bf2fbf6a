/** The real command, started as a user starts it: `pnpm --silent --filter cli <command>`. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../../..", import.meta.url));

export interface Outcome {
  /** Exit code. */
  readonly code: number | null;
  readonly stdout: string;
  /** Standard output before it was read as text. */
  readonly bytes: Buffer;
  readonly stderr: string;
}

/** Runs a command as if it was typed in `folder`. */
export function pixelcnn(folder: string, ...command: readonly string[]): Promise<Outcome> {
  return start(folder, ["-C", repository, "--silent", "--filter", "cli", ...command]);
}

/** Runs the program itself with words that are no script of the package, so that pnpm would not let them through. */
export function program(folder: string, ...words: readonly string[]): Promise<Outcome> {
  return start(folder, [
    "-C",
    repository,
    "--silent",
    "--filter",
    "cli",
    "exec",
    "tsx",
    "src/main.ts",
    ...words,
  ]);
}

function start(folder: string, words: readonly string[]): Promise<Outcome> {
  const { FORCE_COLOR: _, INIT_CWD: __, npm_execpath: pnpm = "", ...environment } = process.env;
  // Inside a package script the running pnpm says where it lies; elsewhere there must be one on the path.
  const [file, first] = /pnpm[^/\\]*\.c?js$/.test(pnpm) ? [process.execPath, [pnpm]] : ["pnpm", []];
  const child = spawn(file, [...first, ...words], {
    cwd: folder,
    env: { ...environment, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32" && file === "pnpm",
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      const bytes = Buffer.concat(stdout);
      resolve({
        code,
        bytes,
        stdout: bytes.toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
      });
    });
  });
}

/** One value of every line of output. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
