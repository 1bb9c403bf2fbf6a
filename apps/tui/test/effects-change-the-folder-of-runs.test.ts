import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { perform } from "../src/app/effects.ts";
import type { AppAction, AppState, Effect } from "../src/app/state.ts";
import { RunWatcher } from "../src/runs/run-watcher.ts";
import { initialRuns, type RunsAction, updateRuns } from "../src/runs/state.ts";
import { temporaryFolder, writeRun } from "./support/fixtures.ts";

test("a run is renamed, deleted and brought back, and what cannot be done is said", async () => {
  const root = temporaryFolder();
  for (const name of ["a", "b"]) await (await writeRun(root, name, 1)).close();
  const told: AppAction[] = [];
  /** What is dispatched until a message comes. */
  const done = async (effect: Effect): Promise<AppAction[]> => {
    told.length = 0;
    perform(effect, {} as AppState, {
      ...{ modelsRoot: root, runsRoot: root, folder: root, thread: undefined as never },
      ...{ dispatch: (action) => told.push(action), quit: () => {}, suspend: () => {}, relist: () => {} },
    });
    await vi.waitFor(() => expect(told.at(-1)?.type).toBe("message"), 10_000);
    return [...told];
  };
  const message = (text: string) => ({ type: "message", text });
  expect(await done({ type: "rename-run", run: "a", to: "c" })).toEqual([
    { type: "run-renamed", run: "a", to: "c" },
    message("a is called c now"),
  ]);
  expect(existsSync(join(root, "c", "metrics.jsonl"))).toBe(true);
  expect(await done({ type: "rename-run", run: "c", to: "b" })).toEqual([
    message("expected a name that no run has, got b"),
  ]);
  expect(await done({ type: "remove-run", run: "c" })).toEqual([
    { type: "run-removed", run: "c" },
    message("c is deleted; U brings it back"),
  ]);
  expect(existsSync(join(root, "c"))).toBe(false);
  expect(await done({ type: "restore-run" })).toEqual([
    { type: "select-named-run", run: "c" },
    message("c is back"),
  ]);
  expect(existsSync(join(root, "c", "samples"))).toBe(true);
  expect(await done({ type: "restore-run" })).toEqual([message("there is no deleted run to bring back")]);
});

test("what was done to a run is listed long before the next look at all of them, and one that is back is selected", async () => {
  const root = temporaryFolder();
  for (const name of ["a", "b"]) await (await writeRun(root, name, 1)).close();
  let runs = initialRuns;
  const watcher = new RunWatcher(root, (action) => dispatch(action));
  const dispatch = (action: AppAction) => {
    if (action.type === "message") return;
    runs = updateRuns(runs, action as RunsAction);
    watcher.sync(runs);
  };
  const folder = { modelsRoot: root, runsRoot: root, folder: root, thread: undefined as never };
  const keys = { quit: () => {}, suspend: () => {}, relist: () => watcher.relist() };
  /** A second is less than there is between two looks. */
  const listed = (...names: string[]) =>
    vi.waitFor(() => expect(runs.list?.map(({ name }) => name)).toEqual(names), {
      timeout: 1000,
      interval: 5,
    });
  try {
    watcher.sync(runs);
    await listed("a", "b");
    perform({ type: "remove-run", run: "b" }, {} as AppState, { ...folder, ...keys, dispatch });
    await listed("a");
    perform({ type: "restore-run" }, {} as AppState, { ...folder, ...keys, dispatch });
    await listed("a", "b");
    expect(runs.selected).toBe("b");
    perform({ type: "rename-run", run: "b", to: "c" }, {} as AppState, { ...folder, ...keys, dispatch });
    await listed("a", "c");
    expect(runs.selected).toBe("c");
  } finally {
    watcher.close();
  }
});
