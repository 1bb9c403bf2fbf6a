/**
 * One training, which everything happens to: it is signalled, hung up on, stopped from outside, killed, left without readers, without
 * a disk and without its newest checkpoint, each time in a process of its own that goes on from the one before. At the end its
 * weights are those of a training that nobody disturbed. One file and one run: every process costs seconds.
 */
import { appendFileSync, chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { spawn as spawnInTerminal } from "@lydell/node-pty";
import { decodeModelFile } from "@pixelcnn/core";
import {
  isTrained,
  layout,
  listCheckpoints,
  RunWriter,
  readRun,
  requestStop,
  stepOfCheckpoint,
} from "@pixelcnn/runs";
import { afterAll, beforeAll, describe, expect, it, test, vi } from "vitest";
import { stopRun } from "../../src/training/stop-run.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { Trainer, trainCommand, trainerFolder } from "../support/trainer.ts";

// Windows knows neither these signals nor limits of that kind.
const suite = describe.skipIf(process.platform === "win32");

/** More than are taken while something is waited for: a step is recorded twice a second, and a request to stop is seen within half of one. */
const STEPS = 96;
/** For steps that are waited for. */
const pausing = fileURLToPath(new URL("../../../built-app/src/pause-steps.mjs", import.meta.url));
const folder = temporaryFolder();
const run = join(folder, "eventful");
const undisturbed = join(folder, "undisturbed");
const settings = [
  ...["--size", "12", "--channels", "8", "--layers", "2", "--batch-size", "8", "--limit", "128"],
  ...["--steps", String(STEPS), "--samples", "0", "--test-limit", "2", "--workers", "1"],
];

const started: Trainer[] = [];
afterAll(() => {
  for (const { child } of started) child.kill("SIGKILL");
});

function start(...given: ConstructorParameters<typeof Trainer>): Trainer {
  const trainer = new Trainer(...given);
  started.push(trainer);
  return trainer;
}

const resume = (options = {}) => start(["--resume", run, "--json"], { preload: pausing, ...options });
const newest = async () => (await listCheckpoints(run)).at(-1)!;
const savedStep = async () => stepOfCheckpoint(await newest());

/** The run was given back, at this end, with its newest checkpoint there. */
async function expectSaved(beyond: number): Promise<void> {
  const { records } = await readRun(run);
  const done = records.at(-1)!;
  expect(done).toMatchObject({ type: "done", interrupted: true });
  const step = await savedStep();
  expect("step" in done && done.step).toBe(step);
  expect(step).toBeGreaterThan(beyond);
  expect(step).toBeLessThan(STEPS);
  expect(readdirSync(run)).not.toContain("lock");
}

const weightsOf = (directory: string) => decodeModelFile(readFileSync(layout.model(directory))).model.weights;

suite("a training", () => {
  let whole: Promise<number | null>;
  beforeAll(() => {
    whole = start([...settings, "--run", undisturbed, "--quiet"]).ended;
  });

  it("without a terminal outlives a hang-up, with a checkpoint, and readers that go away; SIGTERM saves and ends it", async () => {
    const trainer = start([...settings, "--run", run, "--json"], { preload: pausing });
    await trainer.training();
    expect(await listCheckpoints(run)).toEqual([]);
    trainer.child.kill("SIGHUP");
    await vi.waitFor(async () => expect(await listCheckpoints(run)).toHaveLength(1), 10_000);
    const hungUp = await savedStep();
    trainer.child.stdout!.destroy();
    trainer.child.stderr!.destroy();
    // It goes on, and tells nobody but its run directory.
    const told = async () =>
      (await readRun(run)).records.map((record) => ("step" in record ? record.step : 0));
    // The step that was saved may be told after it.
    const before = Math.max(hungUp, ...(await told()));
    await vi.waitFor(async () => expect(Math.max(...(await told()))).toBeGreaterThan(before), 10_000);
    trainer.child.kill("SIGTERM");
    expect(await trainer.ended).toBe(0);
    await expectSaved(hungUp);
  });

  it("in a terminal that goes away saves and ends", async () => {
    const before = await savedStep();
    const [app, ...words] = [...trainCommand, "--resume", run, "--json"];
    const env = { ...process.env, NODE_OPTIONS: `--import ${pausing}` } as never;
    const terminal = spawnInTerminal(app!, words, { cwd: trainerFolder, env });
    const ended = new Promise((resolve) => terminal.onExit(resolve));
    await new Promise<void>((resolve) => {
      terminal.onData((text) => text.includes('"type":"step"') && resolve());
    });
    terminal.kill("SIGHUP");
    await ended;
    await expectSaved(before);
  });

  it("saves and ends at Ctrl-C, and says how it goes on", async () => {
    const before = await savedStep();
    const trainer = start(["--resume", run], { preload: pausing });
    await vi.waitFor(async () => expect((await readRun(run)).records.at(-1)?.type).toBe("step"), 30_000);
    trainer.child.kill("SIGINT");
    expect(await trainer.ended).toBe(0);
    expect(trainer.stderr).toContain(
      "stopping as soon as this step is done and saved; Ctrl-C again ends it unsaved\n",
    );
    expect(trainer.stdout).toContain(`go on with\n  pnpm --filter cli train --resume ${run}`);
    await expectSaved(before);
  });

  it("lets no second one in, and saves and ends when another process asks for it", async () => {
    const before = await savedStep();
    const trainer = resume();
    await trainer.training();
    await expect(RunWriter.open(run)).rejects.toThrow(
      /^expected to be the only trainer of .*; stop that one first$/,
    );
    expect(await requestStop(run)).toBe(true);
    expect(await trainer.ended).toBe(0);
    await expectSaved(before);
    expect(readdirSync(run)).not.toContain("stop");
  });

  it("on a full disk keeps its checkpoints, says so, and fails at the end", async () => {
    const before = await listCheckpoints(run);
    const trainer = resume({ fileBlocks: 4 });
    expect(await trainer.signal("SIGINT")).toBe(1);
    expect(trainer.stderr).toMatch(/step \d+: EFBIG.*the checkpoint before it stays, training goes on\n/);
    expect(trainer.stderr).toMatch(/could not be written \(EFBIG.*\); mend that and go on with --resume\n$/);
    expect(await listCheckpoints(run)).toEqual(before);
    expect(readdirSync(run)).not.toContain("lock");
  });

  it("in a folder that cannot be written does not begin, or goes on without saving", async () => {
    const before = await listCheckpoints(run);
    // Nothing is forbidden to root.
    const nobody = process.getuid!() === 0 ? { uid: 65_534 } : {};
    chmodSync(folder, 0o755);
    const permit = (mode: number) => {
      for (const path of [run, layout.checkpoints(run)]) chmodSync(path, mode);
    };
    permit(0o555);
    const first = resume(nobody);
    expect(await first.ended).toBe(1);
    expect(first.stderr).toMatch(/^.*lock: expected permission, got none.*\(EACCES\)\n$/);
    permit(0o777);
    for (const path of [layout.metrics(run), layout.config(run)]) chmodSync(path, 0o666);
    const trainer = resume(nobody);
    await trainer.training();
    permit(0o555);
    expect(await trainer.signal("SIGINT")).toBe(1);
    expect(trainer.stderr).toMatch(/step \d+: EACCES.*the checkpoint before it stays, training goes on\n/);
    expect(trainer.stderr).toMatch(/could not be written \(EACCES.*\); mend that and go on with --resume\n$/);
    permit(0o755);
    expect(await listCheckpoints(run)).toEqual(before);
  });

  it("that was killed, and whose newest checkpoint is broken, goes on from the one before to the weights of one that nobody disturbed", {
    timeout: 180_000,
  }, async () => {
    const killed = resume();
    expect(await killed.signal("SIGKILL")).toBe(null);
    expect(await isTrained(run)).toBe(true); // its lock has yet to go stale
    const [good, broken] = (await listCheckpoints(run)).slice(-2);
    const bytes = readFileSync(broken!);
    bytes[bytes.length - 5]! ^= 1;
    writeFileSync(broken!, bytes);

    const trainer = start(["--resume", run, "--json"]);
    await trainer.training();
    trainer.child.stdout!.destroy(); // nobody reads how it ends
    expect(await trainer.ended).toBe(0);
    expect(trainer.stderr).toBe(
      `${broken}: expected a whole checkpoint, got one that is damaged (its checksum is another); ` +
        `going on from the one before, step ${stepOfCheckpoint(good!)}\n`,
    );
    expect(await whole).toBe(0);
    expect(weightsOf(run)).toEqual(weightsOf(undisturbed));
    const [end, reference] = [run, undisturbed].map((directory) =>
      readFileSync(layout.checkpoint(directory, STEPS)),
    );
    expect(end!.length).toBeGreaterThan(0);
    expect(end!.subarray(-reference!.length / 2).equals(reference!.subarray(-reference!.length / 2))).toBe(
      true,
    );
  });

  it("that is finished says so, and how it goes on", async () => {
    const again = start(["--resume", run]);
    expect(await again.ended).toBe(0);
    expect(again.stdout).toBe(
      `${run} is finished after ${STEPS} steps; to train it for longer, say how long in all: ` +
        `pnpm --filter cli train --resume ${run} --steps ${2 * STEPS}\n`,
    );
    expect(again.stderr).toBe("");
  });

  it("tells in its model what was typed from the first command on", () => {
    const { provenance } = decodeModelFile(readFileSync(layout.model(run)));
    expect(provenance.steps).toBe(STEPS);
    expect(provenance.command).toBe(
      [
        `train ${settings.join(" ")} --run ${run} --json`,
        `train --resume ${run} --json`,
        `train --resume ${run}`,
        `train --resume ${run} --json`,
      ].join("; "),
    );
  });
});

test("--stop asks the trainer of a run, waits for its end, and says where it stands", async () => {
  const directory = join(folder, "stopped");
  const writer = await RunWriter.create(directory, {});
  const asked = start(["--stop", directory]);
  await vi.waitFor(() => expect(writer.stopping.aborted).toBe(true), 30_000);
  expect(asked.child.exitCode).toBe(null);
  await writer.append({ type: "done", step: 1234, epoch: 1, interrupted: true, elapsedMs: 1 });
  await writer.close();
  expect(await asked.ended).toBe(0);
  expect(asked.stdout).toBe("stopped and saved at step 1,234\n");
  const again = start(["--stop", directory]);
  expect(await again.ended).toBe(1);
  expect(again.stderr).toBe(`${directory}: expected a run that is being trained, got one that is not\n`);
});

test("--stop says where a run stands that has told more than a call has arguments", async () => {
  const directory = join(folder, "long");
  const writer = await RunWriter.create(directory, {});
  appendFileSync(layout.metrics(directory), '{"type":"resumed","step":7}\n'.repeat(130_000));
  writer.stopping.addEventListener("abort", () => void writer.close());
  expect(await stopRun(directory)).toBe(7);
});
