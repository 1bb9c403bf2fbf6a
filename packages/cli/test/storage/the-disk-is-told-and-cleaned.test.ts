import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { layout } from "@pixelcnn/runs";
import { beforeAll, describe, expect, it } from "vitest";
import { runClean, runList } from "../../src/commands/disk.ts";
import { printed } from "../support/printed.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeCheckpoint, writeRun } from "../support/written-run.ts";

const folder = temporaryFolder();
const cache = join(folder, "cache");

const places = { runs: join(folder, "runs"), cache, engines: join(cache, "backends") };

beforeAll(() => {
  const run = writeRun(join(folder, "runs"), "first");
  write(layout.checkpoint(run, 1), 1000);
  writeCheckpoint(run, 2);
  write(`${layout.checkpoint(run, 1)}.broken`, 500);
  write(join(cache, "mnist/train-images"), 2_000_000);
  write(join(cache, "photos-of-somebody/x.png"), 10);
  write(join(cache, "backends/xla-1/plugin.so"), 3_000_000);
  write(join(folder, "runs/.removed/1/second/metrics.jsonl"), 40);
});

function write(path: string, bytes: number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.alloc(bytes));
}

const sizes = async () => {
  const rows = JSON.parse(await printed(() => runList({ json: true }, places))) as {
    name: string;
    bytes: number;
  }[];
  return Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
};

describe("disk", () => {
  it("tells what each takes, and where it lies", async () => {
    const { runs, ...rest } = await sizes();
    expect(runs).toBeGreaterThan(2500);
    expect(rest).toEqual({ checkpoints: 1500, removed: 40, datasets: 2_000_000, engines: 3_000_000 });
    const lines = (await printed(() => runList({}, places))).split("\n");
    expect(lines[0]).toBe("what         files  size");
    expect(lines).toContain("datasets     1      2.0 MB");
    expect(lines).toContain(`  ${cache}`);
  });

  it("names what it would clean, and cleans with --yes alone", async () => {
    const all = ["checkpoints", "removed", "datasets", "engines"];
    const told = await printed(() => runClean(all, {}, places));
    expect(told.split("\n")[0]).toBe("would clean checkpoints: 2 files, 1.5 kB");
    expect(told).toContain("nothing was removed: add --yes");
    expect(await sizes()).toMatchObject({ checkpoints: 1500, engines: 3_000_000 });
    await printed(() => runClean(all, { yes: true }, places));
    expect(await sizes()).toMatchObject({ checkpoints: 0, removed: 0, datasets: 0, engines: 0 });
    expect(existsSync(layout.checkpoint(join(folder, "runs/first"), 2))).toBe(true);
    expect(existsSync(join(cache, "photos-of-somebody/x.png"))).toBe(true);
    await expect(runClean(["runs"], {}, places)).rejects.toThrow("expected some of checkpoints, removed");
  });

  it("keeps of a run whose newest checkpoint is damaged the one that it would go on from", async () => {
    const runs = join(temporaryFolder(), "runs");
    const damaged = writeRun(runs, "damaged");
    for (const step of [1, 2]) writeCheckpoint(damaged, step);
    write(layout.checkpoint(damaged, 3), 1000);
    const lost = writeRun(runs, "lost");
    for (const step of [1, 2]) write(layout.checkpoint(lost, step), 1000);
    await printed(() => runClean(["checkpoints"], { yes: true }, { ...places, runs }));
    expect(readdirSync(layout.checkpoints(damaged))).toEqual(["step-00000002.safetensors"]);
    expect(readdirSync(layout.checkpoints(lost))).toHaveLength(2);
  });
});
