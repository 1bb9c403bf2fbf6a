/** The real command, started as a user starts it: `pnpm --silent --filter cli <command>`. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type {} from "@pixelcnn/built-app/build-once";
import { inject, vi } from "vitest";
import { commandTree } from "../../src/command-tree.ts";
import { runApp } from "../../src/run-app.ts";

const packageFolder = fileURLToPath(new URL("../..", import.meta.url));
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
  const words = ["-C", repository, "--silent", "--filter", "cli", ...command];
  // Inside a package script the running pnpm says where it lies; elsewhere there must be one on the path.
  const { npm_execpath: pnpm = "" } = process.env;
  return /pnpm[^/\\]*\.c?js$/.test(pnpm)
    ? outcomeOf(spawn(process.execPath, [pnpm, ...words], options(folder)))
    : outcomeOf(spawn("pnpm", words, { ...options(folder), shell: process.platform === "win32" }));
}

/** The same built in one piece and without pnpm between, in a tenth of the time, and with words that are no script of the package. */
export function runCli(folder: string, ...words: readonly string[]): Promise<Outcome> {
  const { env } = options(folder);
  const child = spawn(process.execPath, [inject("app"), ...words], {
    ...options(packageFolder),
    env: { ...env, INIT_CWD: folder },
  });
  return outcomeOf(child);
}

/**
 * The same in this process, which has loaded everything: for what a command answers, makes and refuses. How a process starts, computes in
 * threads, is signalled and ends, the others ask. One at a time.
 */
export async function runHere(folder: string, ...words: readonly string[]): Promise<Outcome> {
  const { env, argv, exitCode } = process;
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  const giveBack = [catchOutput(process.stdout, stdout), catchOutput(process.stderr, stderr)];
  process.env = { ...options(folder).env, INIT_CWD: folder };
  process.argv = [...argv.slice(0, 2), ...words];
  process.exitCode = 0;
  try {
    await runApp(commandTree());
    return outcome(Number(process.exitCode), stdout, stderr);
  } finally {
    Object.assign(process, { env, argv, exitCode });
    for (const stream of giveBack) stream();
  }
}

/** What is written to a stream goes to `chunks`. @returns what leaves the stream as it was. */
function catchOutput(stream: NodeJS.WriteStream, chunks: Buffer[]): () => void {
  const listeners = stream.listeners("error");
  const spy = vi.spyOn(stream, "write").mockImplementation((chunk, ...rest) => {
    chunks.push(Buffer.from(chunk as Uint8Array));
    const [written] = rest.slice(-1);
    if (typeof written === "function") written();
    return true;
  });
  return () => {
    spy.mockRestore();
    for (const listener of stream.listeners("error") as (() => void)[])
      if (!listeners.includes(listener)) stream.off("error", listener);
  };
}

function options(folder: string) {
  const { FORCE_COLOR: _, INIT_CWD: __, ...environment } = process.env;
  return { cwd: folder, env: { ...environment, NO_COLOR: "1" } };
}

function outcomeOf(child: ChildProcessWithoutNullStreams): Promise<Outcome> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdin.end();
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(outcome(code, stdout, stderr)));
  });
}

function outcome(code: number | null, stdout: readonly Buffer[], stderr: readonly Buffer[]): Outcome {
  const bytes = Buffer.concat(stdout);
  return { code, bytes, stdout: bytes.toString("utf8"), stderr: Buffer.concat(stderr).toString("utf8") };
}

/** One value of every line of output. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
