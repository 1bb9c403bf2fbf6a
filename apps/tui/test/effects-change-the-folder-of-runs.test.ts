import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { perform } from "../src/app/effects.ts";
import type { AppAction, AppState, Effect } from "../src/app/state.ts";
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
      ...{ dispatch: (action) => told.push(action), quit: () => {}, suspend: () => {} },
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
