/**
 * `pnpm reproduce <model>`: the commands that make a shipped model again, as its file tells them, what they take, and whether the same weights or only the same
 * likelihood may be expected. `--run` runs them.
 */
import { resolve } from "node:path";
import { Command } from "commander";
import { CliError } from "../src/cli-error.ts";
import { packageRoot } from "../src/package-root.ts";
import { userPath } from "../src/user-path.ts";
import { type Plan, planFor } from "./reproduce/plan.ts";
import { runPlan, tryPlan } from "./reproduce/run.ts";
import { planLines } from "./reproduce/tell.ts";
import { hasDataset } from "./results/measure.ts";
import { runScript } from "./run-script.ts";

interface Flags {
  readonly run?: true;
  readonly dryRun?: true;
  readonly out?: string;
  readonly root: string;
}

const print = (line: string) => process.stdout.write(`${line}\n`);

const command = new Command("reproduce")
  .description("How a shipped model is made again: its commands, what they take, and what to expect of them.")
  .argument("<model>", "a name in models/")
  .option("--run", "run the commands, and compare what comes out with the shipped model and its card")
  .option("--dry-run", "try every training for some seconds: memory, speed and time on this machine")
  .option("--out <folder>", "where the runs lie (default: runs/reproduce-<model>)")
  .option("--root <folder>", "folder that holds models/", resolve(packageRoot, "../.."))
  .action(reproduce);

await runScript(command);

async function reproduce(model: string, { run, dryRun, out, root }: Flags): Promise<void> {
  const folder = out === undefined ? resolve(root, "runs", `reproduce-${model}`) : userPath(out);
  const plan = await planFor(root, model, folder);
  const { dataset } = plan.measured;
  const fetch = hasDataset(dataset) ? null : `pnpm --filter cli datasets fetch ${dataset}`;
  if (run === undefined && dryRun === undefined) {
    for (const line of planLines(plan, root, fetch)) print(line);
    return;
  }
  if (fetch !== null)
    throw new CliError(`${model}: expected ${dataset} on this machine, found none; run: ${fetch}`);
  if (dryRun) await tryPlan(plan, root, print);
  else await runAll(plan, root);
}

async function runAll(plan: Plan, root: string): Promise<void> {
  const { measured, doubts } = plan;
  const { path, isSame, nats, bitsPerDim } = await runPlan(plan, root);
  const share = 100 * (nats / measured.test.nats - 1);
  print(`\n${path}`);
  print(`here      ${nats.toFixed(2)} nats, ${bitsPerDim.toFixed(4)} bits/dim`);
  print(
    `the card  ${measured.test.nats.toFixed(2)} nats, ${measured.test.bitsPerDim.toFixed(4)} bits/dim (here ${share >= 0 ? "+" : ""}${share.toFixed(2)}%)`,
  );
  print(
    `weights   ${isSame ? "the same bit for bit" : "others"}, ${doubts.length === 0 ? "the same were" : "not the same were"} expected`,
  );
  if (doubts.length === 0 && !isSame)
    throw new CliError(
      `${plan.model}: expected the same weights bit for bit, got others; compare the release, the processor and pnpm bench fingerprints`,
    );
}
