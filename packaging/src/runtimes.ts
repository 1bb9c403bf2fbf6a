/** Deno and Bun as npm has them: one package a platform, with an executable in it and nothing to be run at its installation. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./pack.ts";

const versions = { deno: "2.9.6", bun: "1.4.5" } as const;

const cpu = process.arch === "arm64" ? "arm64" : "x64";
const bunCpu = cpu === "arm64" ? "aarch64" : "x64";
const suffix = process.platform === "win32" ? ".exe" : "";

const packages = {
  deno: `@deno/${process.platform}-${cpu}${process.platform === "linux" ? "-glibc" : ""}`,
  bun: `@oven/bun-${process.platform === "win32" ? "windows" : process.platform}-${bunCpu}`,
} as const;

/** What each is started with before a script's name; Deno is allowed to read, and to ask for variables, and nothing else. */
const commands = {
  deno: [`deno${suffix}`, "run", "--no-prompt", "--allow-read", "--allow-env", "--node-modules-dir=manual"],
  bun: [`bin/bun${suffix}`, "run"],
} as const;

export type Runtime = keyof typeof versions;

/** Installs one in a folder of its own. @returns the words that start a script. */
export async function install(runtime: Runtime, folder: string): Promise<[string, ...string[]]> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true }));
  const flags = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  await run("npm", ["install", ...flags, `${packages[runtime]}@${versions[runtime]}`], folder);
  const [executable, ...words] = commands[runtime];
  return [join(folder, "node_modules", packages[runtime], executable), ...words];
}
