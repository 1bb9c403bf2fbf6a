/**
 * Kills a training with SIGKILL at random moments, again and again, and resumes it each time: every file must be readable after
 * every kill, no more than the work since the last checkpoint may be lost, and the weights at the end must be bit for bit
 * those of a training that nobody disturbed.
 *
 *     pnpm kill-trainings --kills 50
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { decodeModelFile, decodeSafetensors, type NamedTensor } from "@pixelcnn/core";
import { layout, listCheckpoints, readRun, stepOfCheckpoint } from "@pixelcnn/runs";
import { Command } from "commander";
import { packageRoot } from "../src/package-root.ts";
import { readCheckpoint } from "../src/training/checkpoint-file.ts";

const CHECKPOINT_EVERY = 20;
/** From the first new checkpoint on, when the kill comes at the latest. */
const LATEST_KILL_MS = 1200;
/** Steps that a training does in the time of one kill, at most. */
const STEPS_A_KILL = 400;

const options = new Command("kill-trainings")
  .description("kill a training at random moments and check that nothing is lost or half-written")
  .option("--kills <n>", "how often", "50")
  .parse()
  .opts<{ kills: string }>();
const kills = Number(options.kills);
const folder = await mkdtemp(join(tmpdir(), "pixelcnn-kill-"));
const settings = [
  ...["--size", "8", "--channels", "4", "--layers", "2", "--batch-size", "4", "--workers", "1"],
  ...["--samples", "0", "--test-limit", "4", "--checkpoint-every", String(CHECKPOINT_EVERY)],
  ...["--steps", String(kills * STEPS_A_KILL)],
];

try {
  const run = join(folder, "killed");
  let reached = 0;
  for (let kill = 1; kill <= kills; kill++) {
    const trainer = start(kill === 1 ? [...settings, "--run", run] : ["--resume", run]);
    await newCheckpoint(run, reached);
    await setTimeout(Math.random() * LATEST_KILL_MS);
    if (trainer.exitCode !== null) {
      throw new Error(
        `expected kill ${kill} to come before the training's end, but it was faster; raise STEPS_A_KILL`,
      );
    }
    trainer.kill("SIGKILL");
    await once(trainer, "exit");
    const step = await checkFiles(run, reached);
    process.stdout.write(`kill ${kill} of ${kills}: went on to step ${step}, everything readable\n`);
    reached = step;
  }
  await finish(["--resume", run]);
  const undisturbed = join(folder, "undisturbed");
  await finish([...settings, "--run", undisturbed]);
  const [a, b] = await Promise.all([weightsOf(run), weightsOf(undisturbed)]);
  if (!a.equals(b)) throw new Error("the weights differ from those of the undisturbed training");
  process.stdout.write(`${kills} kills: nothing lost, weights bit-equal to an undisturbed training\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

function start(args: readonly string[]) {
  const main = join(packageRoot, "src/main.ts");
  return spawn(process.execPath, ["--import", "tsx", main, "train", "--quiet", ...args], {
    cwd: packageRoot,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function finish(args: readonly string[]): Promise<void> {
  const [code] = await once(start(args), "exit");
  if (code !== 0) throw new Error(`expected the training to end well, got exit code ${code}`);
}

/** Waits for a checkpoint beyond a step to be told: its model has been written then as well. */
async function newCheckpoint(run: string, step: number): Promise<void> {
  const isTold = async () => {
    const { records } = await readRun(run).catch(() => ({ records: [] }));
    return records.some((record) => record.type === "checkpoint" && record.step > step);
  };
  while (!(await isTold())) await setTimeout(10);
}

/** Reads everything in the run. @returns the step of its newest checkpoint. */
async function checkFiles(run: string, before: number): Promise<number> {
  const checkpoints = await listCheckpoints(run);
  for (const path of checkpoints) await readCheckpoint(path);
  decodeModelFile(await readFile(layout.model(run)));
  const { config, records } = await readRun(run);
  if (config === null) throw new Error("config.json cannot be read");
  const last = checkpoints.at(-1);
  const newest = last === undefined ? 0 : stepOfCheckpoint(last);
  const told = Math.max(...records.map((record) => ("step" in record ? record.step : 0)));
  if (newest <= before) throw new Error(`expected a checkpoint beyond step ${before}, got ${newest}`);
  if (told - newest > CHECKPOINT_EVERY) {
    throw new Error(
      `expected to lose at most ${CHECKPOINT_EVERY} steps, got ${told - newest} (${newest} of ${told})`,
    );
  }
  return newest;
}

async function weightsOf(run: string): Promise<Buffer> {
  const { tensors } = decodeSafetensors(await readFile(layout.model(run)));
  const values = [...tensors.values()].map(({ values }: NamedTensor) => Buffer.from(values.buffer));
  return Buffer.concat(values);
}
