import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  emptyRemovedRuns,
  layout,
  listRemovedRuns,
  listRunFolders,
  listRuns,
  RunsError,
  RunWriter,
  readRun,
  removeRun,
  renameRun,
  restoreRun,
} from "@pixelcnn/runs";
import { describe, expect, it } from "vitest";
import { started, step } from "./support/records.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

async function withRuns(...names: string[]): Promise<string> {
  const root = temporaryFolder();
  for (const name of names) {
    const writer = await RunWriter.create(join(root, name), { name });
    await writer.append(started);
    await writer.append(step(1));
    await writer.close();
  }
  return root;
}

describe("a run", () => {
  it("gets another name and stays what it is", async () => {
    const root = await withRuns("a", "b");
    const before = await readRun(join(root, "a"));
    expect(await renameRun(root, "a", "c")).toBe(join(root, "c"));
    expect(await listRuns(root)).toEqual(["b", "c"]);
    const { config, records } = await readRun(join(root, "c"));
    expect([config, records]).toEqual([before.config, before.records]);
    // Somebody can go on with it.
    const writer = await RunWriter.open(join(root, "c"));
    await writer.append(step(2));
    await writer.close();
  });

  it("gets no name that is taken, or that not every system can write", async () => {
    const root = await withRuns("a", "b");
    await expect(renameRun(root, "a", "b")).rejects.toThrow("expected a name that no run has, got b");
    await expect(renameRun(root, "a", "a")).rejects.toThrow(RunsError);
    await expect(renameRun(root, "z", "c")).rejects.toThrow(`expected the name of a run in ${root}, got z`);
    const refused = [
      "",
      ".",
      "..",
      ".hidden",
      "x/y",
      "x\\y",
      "x\n",
      "tail.",
      "NUL",
      "com1.txt",
      "x".repeat(201),
    ];
    for (const name of refused) {
      await expect(renameRun(root, "a", name), name).rejects.toThrow(/^expected a run's name of at most/);
      await expect(removeRun(root, name), name).rejects.toThrow(RunsError);
    }
    expect(await listRuns(root)).toEqual(["a", "b"]);
  });

  it("is neither renamed nor removed while it is trained", async () => {
    const root = await withRuns("a");
    const writer = await RunWriter.open(join(root, "a"));
    await expect(renameRun(root, "a", "b")).rejects.toThrow("a is being trained; stop it first");
    await expect(removeRun(root, "a")).rejects.toThrow("a is being trained; stop it first");
    await writer.append(step(2));
    await writer.close();
    await renameRun(root, "a", "b");
  });

  it("is removed and brought back, whatever lies in it", async () => {
    const root = await withRuns("a", "b");
    await writeFile(join(root, "a", "notes.txt"), "mine");
    await mkdir(join(root, "folder of nothing"));
    const removed = await removeRun(root, "a");
    await removeRun(root, "folder of nothing");
    expect(await listRunFolders(root)).toEqual(["b"]);
    expect((await listRemovedRuns(root)).map(({ name }) => name)).toEqual(["folder of nothing", "a"]);
    expect(await restoreRun(root, removed)).toBe(join(root, "a"));
    expect(await listRuns(root)).toEqual(["a", "b"]);
    expect(await readFile(join(root, "a", "notes.txt"), "utf8")).toBe("mine");
    expect((await listRemovedRuns(root)).map(({ name }) => name)).toEqual(["folder of nothing"]);
    await expect(restoreRun(root, removed)).rejects.toThrow("expected that no run is called a");
  });

  it("can be removed again and again, and is brought back one by one", async () => {
    const root = await withRuns("a");
    const removed = [await removeRun(root, "a")];
    for (let i = 0; i < 3; i++) {
      await (await RunWriter.create(join(root, "a"), { i })).close();
      removed.push(await removeRun(root, "a"));
    }
    expect(await listRemovedRuns(root)).toEqual([...removed].reverse());
    await restoreRun(root, removed[1]!);
    expect(JSON.parse(await readFile(layout.config(join(root, "a")), "utf8"))).toEqual({ i: 0 });
  });

  it("is gone for good once what was removed is emptied", async () => {
    const root = await withRuns("a", "b");
    const removed = await removeRun(root, "a");
    await emptyRemovedRuns(root);
    expect(await readdir(root)).toEqual(["b"]);
    expect(await listRemovedRuns(root)).toEqual([]);
    await expect(restoreRun(root, removed)).rejects.toThrow("a cannot be brought back");
  });
});
