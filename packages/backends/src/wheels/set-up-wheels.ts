/** Sets up what is made of wheels: says what it will fetch, fetches, unpacks, and lets it be seen to compute before it counts. */
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { SetupOptions } from "../engine.ts";
import type { SetupBackend } from "../names.ts";
import { fetchWheels, folderOf } from "./fetch-wheels.ts";
import { unpackWheel } from "./unpack-wheel.ts";
import { titleOf, type Wheel } from "./wheel.ts";
import { makeWhole, megabytes } from "./whole-folder.ts";

/** What is set up. */
export interface WheelSet {
  readonly backend: SetupBackend;
  readonly wheels: readonly Wheel[];
  /** What they become. */
  readonly folder: string;
  /** The file in it that is used in the end; it need not be in a wheel. */
  readonly file: string;
}

/** What is done besides. */
export interface WheelSteps {
  /** Before anything is fetched: what is needed later, and would be missed late. */
  readonly check?: () => Promise<void>;
  /** Makes of the unpacked wheels what is needed, and sees it compute; returns what computes. */
  readonly build: (content: string) => Promise<string>;
}

/**
 * @returns the file; null after `remove`
 * @throws {BackendError} one line that says what failed and what to do
 */
export async function setUpWheels(
  { backend, wheels, folder, file }: WheelSet,
  { force = false, from, remove = false, line }: SetupOptions,
  { check, build }: WheelSteps,
): Promise<string | null> {
  const target = join(folder, file);
  if (remove) {
    await rm(folder, { recursive: true, force: true });
    line(`removed ${folder}`);
    return null;
  }
  if (from !== undefined) await folderOf(from);
  if (existsSync(target) && !force) {
    line(`${backend} is set up: ${target}`);
    if (from !== undefined) line(`${from} was not used: --force takes it, and sets up anew`);
    return target;
  }
  await check?.();
  const fetched = sum(wheels.map(({ bytes }) => bytes));
  const kept = sum(wheels.map(({ unpackedBytes }) => unpackedBytes));
  const size = `${megabytes(fetched)} MB, unpacked ${megabytes(kept)} MB in ${folder}`;
  const what = wheels.map(titleOf).join(", ");
  line(from === undefined ? `fetching ${what}: ${size}` : `taking ${what} from ${from}: ${size}`);
  let device = "";
  await makeWhole(folder, fetched + kept, async (content, staging) => {
    const files = await fetchWheels(wheels, join(staging, "wheels"), from);
    for (const wheel of wheels) {
      const start = `${wheel.name.replaceAll("-", "_")}-${wheel.version}-`.toLowerCase();
      const file = files.find((path) => basename(path).toLowerCase().startsWith(start))!;
      await unpackWheel(file, content, wheel.keep);
      await rm(file);
    }
    device = await build(content);
  });
  line(`${backend} computes on ${device}; use it with --backend ${backend}`);
  return target;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
