/** Where a compiled step's time goes, on one processor and on two: tables of profile.ts, each computed in a process pinned to so many processors. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import Table from "cli-table3";
import { Command, Option } from "commander";
import { countsOf, someProcessors, wholeOf } from "../processors.ts";
import { table as markdownTable } from "../report/markdown.ts";
import { BATCH } from "../training/task.ts";
import type { Profile, ProfileTask } from "./profile.ts";

interface Options extends ProfileTask {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly processors: readonly number[];
}

export function command(): Command {
  return new Command("xla-profile")
    .description(
      "the operations of a compiled training step, each alone: time, count, GFLOP/s, share of a product's",
    )
    .option("--json", "print the profiles as JSON")
    .option("--markdown", "print the groups alone, as tables for a page")
    .option(
      "--processors <counts>",
      "to how many it is pinned, one after another",
      countsOf,
      someProcessors(),
    )
    .option("--model-file <path>", "the step of this model's network instead of the reference network's")
    .addOption(
      new Option("--precision <value>", "how products and convolutions multiply")
        .choices(["float32", "tf32", "bf16"])
        .default("float32"),
    )
    .addOption(
      new Option("--train-on <what>", "what a step is of; pixels for local networks alone")
        .choices(["pictures", "pixels"])
        .default("pictures"),
    )
    .option("--batch <n>", "pictures or pixels of a step", wholeOf, BATCH)
    .action(async ({ json, markdown, processors, ...task }: Options) => {
      const profiles: Profile[] = [];
      for (const count of processors) profiles.push(await profileOn(count, task));
      if (json) process.stdout.write(`${JSON.stringify(profiles)}\n`);
      else for (const profile of profiles) process.stdout.write(markdown ? pageOf(profile) : textOf(profile));
    });
}

async function profileOn(processors: number, task: ProfileTask): Promise<Profile> {
  const program = fileURLToPath(new URL("profile.ts", import.meta.url));
  const words = [process.execPath, "--import", import.meta.resolve("tsx"), program, JSON.stringify(task)];
  const { stdout } = await promisify(execFile)("taskset", ["-c", `0-${processors - 1}`, ...words]);
  return { ...(JSON.parse(stdout) as Profile), processors };
}

const style = { head: [], border: [] };
const head = ["times", "ms a step", "GFLOP/s", "of the product's"];

function pageOf({ device, processors, productGflops, groups, stepMs }: Profile): string {
  const rows = groups.map(({ label, count, ms, gflops }) => [
    label,
    `${count}`,
    ms.toFixed(1),
    gflops === null ? "" : gflops.toFixed(0),
    gflops === null ? "" : `${((100 * gflops) / productGflops).toFixed(0)}%`,
    `${((100 * ms) / stepMs).toFixed(0)}%`,
  ]);
  const title = `${processors} ${processors === 1 ? "processor" : "processors"}: ${device}; the step ${stepMs.toFixed(0)} ms, a product ${productGflops.toFixed(0)} GFLOP/s`;
  return `${title}\n\n${markdownTable(["group", ...head, "of the step"], rows)}\n\n`;
}

function textOf({ device, processors, productGflops, groups, kinds, stepMs }: Profile): string {
  const cells = ({ count, ms, gflops }: (typeof groups)[number]) => [
    count,
    ms.toFixed(1),
    gflops === null ? "" : gflops.toFixed(0),
    gflops === null ? "" : `${((100 * gflops) / productGflops).toFixed(0)}%`,
  ];
  const table = new Table({ head: ["group", ...head, "of the step"], style });
  for (const group of groups)
    table.push([group.label, ...cells(group), `${((100 * group.ms) / stepMs).toFixed(0)}%`]);
  const details = new Table({ head: ["operation", "result", ...head], style });
  for (const kind of kinds) details.push([kind.label, kind.result, ...cells(kind)]);
  const multiplying = groups.filter(({ gflops }) => gflops !== null);
  const aloneMs = multiplying.reduce((sum, { ms }) => sum + ms, 0);
  const atBestMs = multiplying.reduce((sum, { ms, gflops }) => sum + (ms * gflops!) / productGflops, 0);
  return `${[
    `${processors} ${processors === 1 ? "processor" : "processors"}: ${device}`,
    details.toString(),
    table.toString(),
    `the step takes ${stepMs.toFixed(0)} ms; a plain product runs at ${productGflops.toFixed(0)} GFLOP/s`,
    `convolutions and 1×1 products take ${aloneMs.toFixed(0)} ms of it, and would take ${atBestMs.toFixed(0)} ms at that speed; ` +
      `all the rest takes ${(stepMs - aloneMs).toFixed(0)} ms`,
  ].join("\n")}\n\n`;
}
