/** Fetches a wheel and unpacks it into a folder of the user's cache, whole or not at all. */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, statfs, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { BackendError } from "../backend-error.ts";
import { runPython } from "./python.ts";
import type { Wheel } from "./wheel.ts";

/** Unpacked, a wheel of libraries takes about four times its size; both lie there for a moment. */
const UNPACKED = 5;

/**
 * @param folder what the wheel becomes; its parent is made. What stands there is replaced in the end.
 * @param from a wheel file that is taken instead of a fetched one; pip checks its hash all the same.
 * @throws {BackendError} one line that says what failed and what to do
 */
export async function installWheel(wheel: Wheel, folder: string, from?: string): Promise<void> {
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  const { bavail, bsize } = await statfs(parent);
  const needed = wheel.bytes * UNPACKED;
  if (bavail * bsize < needed) {
    throw new BackendError(
      `expected ${megabytes(needed)} MB of room in ${parent}, got ${megabytes(bavail * bsize)}; make room, or set XDG_CACHE_HOME to a larger disk`,
    );
  }
  await removeAbandoned(parent);
  const staging = await mkdtemp(join(parent, STAGING));
  try {
    const file = await fetchWheel(wheel, staging, from);
    const content = join(staging, "content");
    await runPython(["-m", "zipfile", "-e", file, content], `unpack ${basename(file)}`);
    await rm(folder, { recursive: true, force: true });
    await rename(content, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

const STAGING = ".fetching-";

/** What a set-up that was killed has left. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (name.startsWith(STAGING)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

async function fetchWheel(
  { name, version, sha256, platform }: Wheel,
  staging: string,
  from?: string,
): Promise<string> {
  if (from !== undefined && !existsSync(from))
    throw new BackendError(`${from}: expected a wheel, there is no such file`);
  const pins = join(staging, "pins.txt");
  await writeFile(pins, `${name}==${version} --hash=sha256:${sha256}\n`);
  const place = from === undefined ? [] : ["--no-index", "--find-links", dirname(from)];
  const args = [
    "-m",
    "pip",
    "download",
    "--quiet",
    "--no-deps",
    "--only-binary=:all:",
    "--implementation",
    "py",
    "--abi",
    "none",
  ];
  const options = ["--platform", platform, "--dest", staging, "--require-hashes", ...place, "-r", pins];
  // pip's own temporary files go with the rest, whatever becomes of it.
  await runPython([...args, ...options], `fetch ${name} ${version}`, { TMPDIR: staging });
  const file = (await readdir(staging)).find((entry) => entry.endsWith(".whl"));
  if (file === undefined)
    throw new BackendError(`expected pip to fetch ${name} ${version}, but there is no wheel`);
  return join(staging, file);
}

export function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
