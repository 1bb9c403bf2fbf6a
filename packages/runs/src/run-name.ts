/** Names of runs: a folder's, as it can be written on every system. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { isTrained } from "./read-lock.ts";
import { RunsError } from "./runs-error.ts";

const LONGEST = 200;
/** What Windows keeps for devices. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** @throws {RunsError} when a run cannot be called so. */
export function checkRunName(name: string): void {
  const isPlain =
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    !/[\\/:*?"<>|\u0000-\u001f\u007f]/.test(name) &&
    !/^[. ]|[. ]$/.test(name) &&
    !DEVICES.test(name) &&
    name !== "" &&
    name.length <= LONGEST;
  if (isPlain) return;
  throw new RunsError(
    `expected a run's name of at most ${LONGEST} characters without / \\ : * ? " < > | and without a dot or a blank at its ends, got ${JSON.stringify(name)}`,
  );
}

/**
 * The directory of a run that nobody is training.
 *
 * @throws {RunsError} when there is no folder of that name, or its trainer lives.
 */
export async function idleRun(root: string, name: string): Promise<string> {
  checkRunName(name);
  const directory = join(root, name);
  const found = await stat(directory).catch(() => null);
  if (!found?.isDirectory()) throw new RunsError(`expected the name of a run in ${root}, got ${name}`);
  if (await isTrained(directory)) throw new RunsError(`${name} is being trained; stop it first`);
  return directory;
}
