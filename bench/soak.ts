/** `pnpm soak [part...]`: each app runs for minutes as a person would leave it, and what it holds and costs is measured. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Argument, Command, InvalidArgumentError } from "commander";

/** Shorter ones say nothing: an app has to come to rest first. */
const LEAST_SECONDS = 15;

const apps = fileURLToPath(new URL("../apps", import.meta.url));
const scriptOf = (part: string) => `${apps}/${part}/scripts/soak.ts`;
/** An app that has a script for it is a part. */
const parts = readdirSync(apps).filter((app) => existsSync(scriptOf(app)));

new Command("soak")
  .description("memory and processor time of the apps while they run for minutes")
  .addArgument(new Argument("[parts...]", "which apps").choices(parts))
  .option("--seconds <n>", "how long each is watched", secondsOf, 600)
  .option("--check", "end with 1 where something is over its limit")
  .action((chosen: string[], { seconds, check }: { seconds: number; check?: boolean }) => {
    for (const part of chosen.length > 0 ? chosen : parts) {
      process.stdout.write(`${part}\n`);
      const words = ["--seconds", String(seconds), ...(check ? ["--check"] : [])];
      const command = ["--import", import.meta.resolve("tsx"), scriptOf(part), ...words];
      const { status } = spawnSync(process.execPath, command, { stdio: "inherit" });
      if (status !== 0) process.exitCode = 1;
    }
  })
  .parse();

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= LEAST_SECONDS) return seconds;
  throw new InvalidArgumentError(`expected whole seconds, at least ${LEAST_SECONDS}`);
}
