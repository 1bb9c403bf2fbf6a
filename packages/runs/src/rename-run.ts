import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { renamePatiently } from "./rename-patiently.ts";
import { checkRunName, idleRun } from "./run-name.ts";
import { RunsError } from "./runs-error.ts";

/**
 * Gives a run of a folder another name. Nothing in a run says what it is called, so nothing in it changes.
 *
 * @returns its new directory.
 * @throws {RunsError} when there is no such run, it is being trained, the name is taken or none that every system can write.
 */
export async function renameRun(root: string, name: string, to: string): Promise<string> {
  const directory = await idleRun(root, name);
  checkRunName(to);
  const target = join(root, to);
  // Where upper and lower case are one, the run itself is found under its new name.
  const isItself = name !== to && name.toLowerCase() === to.toLowerCase();
  if (!isItself && (await isThere(target))) throw new RunsError(`expected a name that no run has, got ${to}`);
  await renamePatiently(directory, target);
  return target;
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
