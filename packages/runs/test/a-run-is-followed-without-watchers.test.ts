import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";

// A system has a limited number of watchers, and says so by an error.
vi.mock("node:fs", async (original) => ({
  ...(await original<typeof import("node:fs")>()),
  watch() {
    throw Object.assign(new Error("ENOSPC: System limit for number of file watchers reached"), {
      code: "ENOSPC",
    });
  },
}));

const { followRun, listRunFolders, listRuns, RunWriter, isTrained } = await import("../src/index.ts");
const { temporaryFolder } = await import("./support/temporary-folder.ts");

test("a run is followed by looking again where the system has no watcher left", async () => {
  const directory = join(temporaryFolder(), "run");
  const writer = await RunWriter.create(directory, {});
  const seen: string[] = [];
  const following = (async () => {
    for await (const record of followRun(directory)) seen.push(record.type);
  })();
  await writer.append({ type: "resumed", step: 0 });
  await vi.waitFor(() => expect(seen).toEqual(["resumed"]), 5000);
  await writer.append({ type: "done", step: 1, epoch: 1, interrupted: false, elapsedMs: 1 });
  await following;
  expect(seen).toEqual(["resumed", "done"]);
  await writer.close();
});

test("a run has a trainer as long as one has it", async () => {
  const directory = join(temporaryFolder(), "run");
  const writer = await RunWriter.create(directory, {});
  expect(await isTrained(directory)).toBe(true);
  await writer.close();
  expect(await isTrained(directory)).toBe(false);
  expect(await isTrained(join(directory, "nothing"))).toBe(false);
});

test("folders that may be runs are listed with those that are none yet", async () => {
  const root = temporaryFolder();
  await (await RunWriter.create(join(root, "run"), {})).close();
  mkdirSync(join(root, "empty"));
  mkdirSync(join(root, ".hidden"));
  expect(await listRunFolders(root)).toEqual(["empty", "run"]);
  expect(await listRuns(root)).toEqual(["run"]);
  expect(await listRunFolders(join(root, "missing"))).toEqual([]);
});
