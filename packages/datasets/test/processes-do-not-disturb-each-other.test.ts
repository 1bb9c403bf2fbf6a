import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type {} from "@pixelcnn/built-app/build-modules";
import { expect, inject, it, vi } from "vitest";
import { type Behaviour, good, serve } from "./support/file-server.ts";
import { content } from "./support/set-from.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const script = inject("built")["packages/datasets/test/support/fetch-in-a-process.ts"]!;
const LONG_MS = 60_000;

function fetchInProcess(base: string, folder: string): ChildProcess {
  return spawn(process.execPath, [script, base, folder], { stdio: "inherit" });
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, "exit");
  return code;
}

/** Holds every answer back half way until `count` requests are there, so that all of them are under way at once. */
function together(count: number): Behaviour {
  const waiting: (() => void)[] = [];
  return (_, response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 150_000));
    waiting.push(() => response.end(content.subarray(150_000)));
    if (waiting.length === count) for (const go of waiting) go();
  };
}

it(
  "three processes fetch the same file at the same time, and each of them succeeds",
  async () => {
    const server = await serve(together(3));
    const folder = temporaryFolder();
    const children = [1, 2, 3].map(() => fetchInProcess(server.base, folder));
    expect(await Promise.all(children.map(exitCode))).toEqual([0, 0, 0]);
    expect(server.ranges).toHaveLength(3);
    expect(readdirSync(join(folder, "numbers"))).toEqual(["numbers.bin"]);
    expect(readFileSync(join(folder, "numbers", "numbers.bin")).equals(content)).toBe(true);
  },
  LONG_MS,
);

const PIECE = 60_000;

/** Answers so many requests with the next piece alone, and leaves them waiting for the rest. */
function inPieces(interruptions: number): Behaviour {
  return (request, response, count) => {
    if (count > interruptions) return good(request, response, count);
    const from = PIECE * (count - 1);
    response.writeHead(from === 0 ? 200 : 206, {
      "content-length": content.length - from,
      "content-range": `bytes ${from}-${content.length - 1}/${content.length}`,
    });
    response.write(content.subarray(from, from + PIECE));
  };
}

/** Waits until a file below the folder has so many bytes. */
async function grown(folder: string, bytes: number): Promise<void> {
  await vi.waitFor(() => {
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    expect(sizes).toContain(bytes);
  }, 30_000);
}

it(
  "a killed process leaves a part, and the next one goes on with it",
  async () => {
    const server = await serve(inPieces(1));
    const folder = temporaryFolder();
    const killed = fetchInProcess(server.base, folder);
    await grown(join(folder, "numbers"), PIECE);
    killed.kill("SIGKILL");
    expect(await exitCode(killed)).toBeNull();
    expect(readdirSync(join(folder, "numbers")).filter((name) => !name.startsWith("."))).toEqual([]);
    expect(await exitCode(fetchInProcess(server.base, folder))).toBe(0);
    expect(server.ranges).toEqual(["", "bytes=60000-"]);
    expect(readdirSync(join(folder, "numbers"))).toEqual(["numbers.bin"]);
    expect(readFileSync(join(folder, "numbers", "numbers.bin")).equals(content)).toBe(true);
  },
  LONG_MS,
);

// Windows knows no signals that a process can answer.
it.skipIf(process.platform === "win32")(
  "a process that is interrupted gives its part back, and no copies of it pile up",
  async () => {
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    const server = await serve(inPieces(signals.length));
    const folder = temporaryFolder();
    for (const [i, signal] of signals.entries()) {
      const child = fetchInProcess(server.base, folder);
      await grown(join(folder, "numbers"), PIECE * (i + 1));
      child.kill(signal);
      expect(await once(child, "exit")).toEqual([null, signal]);
      expect(readdirSync(join(folder, "numbers"))).toEqual([".numbers.bin.part"]);
    }
    expect(await exitCode(fetchInProcess(server.base, folder))).toBe(0);
    expect(server.ranges).toEqual(["", "bytes=60000-", "bytes=120000-", "bytes=180000-"]);
    expect(readdirSync(join(folder, "numbers"))).toEqual(["numbers.bin"]);
    expect(readFileSync(join(folder, "numbers", "numbers.bin")).equals(content)).toBe(true);
  },
  LONG_MS,
);
