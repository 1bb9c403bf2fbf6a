import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { type Behaviour, good, serve } from "./support/file-server.ts";
import { content } from "./support/set-from.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const script = fileURLToPath(new URL("support/fetch-in-a-process.ts", import.meta.url));
const LONG_MS = 60_000;

function fetchInProcess(base: string, folder: string): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", script, base, folder], { stdio: "inherit" });
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

it(
  "a killed process leaves a part, and the next one goes on with it",
  async () => {
    let reached = () => {};
    const halfWay = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const server = await serve((request, response, count) => {
      if (count > 1) return good(request, response, count);
      response.writeHead(200, { "content-length": content.length });
      response.write(content.subarray(0, 120_000), () => setTimeout(reached, 300));
    });
    const folder = temporaryFolder();
    const killed = fetchInProcess(server.base, folder);
    await halfWay;
    killed.kill("SIGKILL");
    expect(await exitCode(killed)).toBeNull();
    expect(readdirSync(join(folder, "numbers")).filter((name) => !name.startsWith("."))).toEqual([]);
    expect(await exitCode(fetchInProcess(server.base, folder))).toBe(0);
    expect(server.ranges).toEqual(["", "bytes=120000-"]);
    expect(readdirSync(join(folder, "numbers"))).toEqual(["numbers.bin"]);
    expect(readFileSync(join(folder, "numbers", "numbers.bin")).equals(content)).toBe(true);
  },
  LONG_MS,
);
