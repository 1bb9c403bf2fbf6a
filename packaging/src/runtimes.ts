/** Deno and Bun as npm has them: one package a platform, with an executable in it and nothing to be run at its installation. */
import { join } from "node:path";

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

/** What npm installs to have them. */
export const runtimePackages = [`${packages.deno}@${versions.deno}`, `${packages.bun}@${versions.bun}`];

/** @returns the words that start a script by what is installed in a folder. */
export function commandOf(runtime: Runtime, folder: string): [string, ...string[]] {
  const [executable, ...words] = commands[runtime];
  return [join(folder, "node_modules", packages[runtime], executable), ...words];
}
