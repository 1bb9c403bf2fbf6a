/** Has the user's pip fetch wheels. What they are for needs no Python, so any pip does, on any version of it. */
import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BackendError } from "../backend-error.ts";
import { runPython } from "./python.ts";
import { titleOf, type Wheel } from "./wheel.ts";

/** The Python that wheels with compiled modules are pinned for; none of it is run. */
const PYTHON = { version: "3.12", abi: "cp312" } as const;

/**
 * @param folder an empty one, or none yet, for the wheels and for pip's own temporary files.
 * @param from a wheel, or a folder of wheels, that are taken instead of fetched ones; pip checks their hashes all the same.
 * @returns the files, in no order.
 * @throws {BackendError} one line that says what failed and what to do
 */
export async function fetchWheels(
  wheels: readonly Wheel[],
  folder: string,
  from?: string,
): Promise<string[]> {
  const place = from === undefined ? [] : ["--no-index", "--find-links", await folderOf(from)];
  await mkdir(folder, { recursive: true });
  const pins = join(folder, "pins.txt");
  const lines = wheels.map(({ name, version, sha256 }) => `${name}==${version} --hash=sha256:${sha256}\n`);
  await writeFile(pins, lines.join(""));
  const platforms = [...new Set(wheels.map(({ platform }) => platform))];
  const args = [
    ...["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--no-cache-dir"],
    ...["--implementation", "cp", "--python-version", PYTHON.version, "--abi", PYTHON.abi, "--abi", "none"],
    ...platforms.flatMap((platform) => ["--platform", platform]),
    ...["--dest", folder, "--require-hashes", ...place, "-r", pins],
  ];
  const what = wheels.length === 1 ? titleOf(wheels[0]!) : `${wheels.length} wheels`;
  // pip's own temporary files go with the rest, whatever becomes of it.
  await runPython(args, `fetch ${what}`, { TMPDIR: folder });
  const files = (await readdir(folder)).filter((entry) => entry.endsWith(".whl"));
  if (files.length !== wheels.length)
    throw new BackendError(`expected pip to fetch ${what}, but there are ${files.length} wheels`);
  return files.map((file) => join(folder, file));
}

/** The folder that wheels are taken from. @throws {BackendError} when there is nothing */
export async function folderOf(from: string): Promise<string> {
  try {
    return (await stat(from)).isDirectory() ? from : dirname(from);
  } catch (cause) {
    throw new BackendError(`${from}: expected a wheel or a folder of wheels, there is no such file`, {
      cause,
    });
  }
}
