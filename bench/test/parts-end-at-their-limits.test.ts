import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type Ending, runPart } from "../report/run-part.ts";

const child = fileURLToPath(new URL("support/child.mjs", import.meta.url));

async function endingOf(
  what: string,
  limitSeconds = 20,
  more: readonly string[] = [],
): Promise<Ending & { readonly found: readonly string[] }> {
  const found: string[] = [];
  const ending = await runPart([child, what, ...more], limitSeconds, ({ type }) => found.push(type));
  return { ...ending, found };
}

test("a part that ends is done, and one that lacks something says what", async () => {
  expect(await endingOf("ends")).toEqual({ outcome: "done", reason: null, found: ["row", "note"] });
  expect(await endingOf("refuses")).toEqual({
    outcome: "refused",
    reason: "there is no GPU",
    found: ["row"],
  });
});

test("a part that fails or crashes says how, and what it has told stays", async () => {
  expect(await endingOf("throws")).toEqual({
    outcome: "failed",
    reason: "its process ended with code 1: Error: the device is gone",
    found: ["row"],
  });
  expect(await endingOf("crashes")).toMatchObject({
    outcome: "failed",
    reason: expect.stringContaining("SIGSEGV"),
    found: ["row"],
  });
});

test("a part that hangs is ended at its limit, with all that it has started", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pixelcnn-report-"));
  const file = join(folder, "left");
  try {
    const started = performance.now();
    expect(await endingOf("hangs", 1, [file])).toEqual({
      outcome: "out of time",
      reason: "it was ended after 1 s",
      found: ["row"],
    });
    expect(performance.now() - started).toBeLessThan(2900);
    await sleep(3500);
    expect(existsSync(file)).toBe(false);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("an interruption ends the part under way", async () => {
  const controller = new AbortController();
  const ending = runPart([child, "hangs", "/dev/null"], 20, () => controller.abort(), controller.signal);
  expect(await ending).toMatchObject({ outcome: "failed", reason: "its process ended with SIGKILL" });
});
