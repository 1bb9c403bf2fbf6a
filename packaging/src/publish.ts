/**
 * `pnpm release:by-hand`: publishes every package from this machine, without a statement of the workflow that built it (provenance), which
 * every package asks for in its publishConfig: of npm's settings only a flag is above that. A version that the registry has is passed
 * over, so that a release that broke off goes on.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { environmentOf, pack, run } from "./pack.ts";

/**
 * @param tarballs paths of packed packages, each after those that it depends on.
 * @param environment variables for npm, beside this process's own.
 * @returns those that the registry did not have, as name@version.
 * @throws {Error} when npm does not publish one; it has said why.
 */
export async function publish(
  tarballs: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const done: string[] = [];
  for (const tarball of tarballs) {
    const { name, version } = JSON.parse(await run("tar", ["xzOf", tarball, "package/package.json"], "."));
    const wanted = `${name}@${version}`;
    if (await isThere(wanted, environment)) continue;
    const words = ["publish", tarball, "--access", "public", "--provenance=false"];
    // npm is a script of Windows' shell; it asks who publishes.
    const shell = process.platform === "win32";
    const child = spawn("npm", shell ? words.map((word) => `"${word}"`) : words, {
      stdio: "inherit",
      env: { ...environmentOf("."), ...environment },
      shell,
    });
    const [code] = await once(child, "exit");
    if (code !== 0) throw new Error(`expected npm to publish ${wanted}, it ended with ${code}`);
    done.push(wanted);
  }
  return done;
}

async function isThere(wanted: string, environment: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    return (await run("npm", ["view", wanted, "version", "--json"], ".", environment)).trim() !== "";
  } catch (error) {
    if (String(error).includes("E404")) return false;
    throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const folder = await mkdtemp(join(tmpdir(), "pixelcnn-release-"));
  try {
    const done = await publish(Object.values(await pack(folder)));
    process.stdout.write(`${done.length} packages published\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
