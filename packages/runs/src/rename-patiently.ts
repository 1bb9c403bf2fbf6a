/**
 * Renaming where somebody may have a file open. Windows refuses to move or to replace what another program reads just then (a watcher, an indexer, a
 * virus scanner), and takes it a moment later; elsewhere a refusal is final.
 */
import { rename } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** What Windows says of a file that is in use. */
const IN_USE = new Set(["EACCES", "EBUSY", "EPERM"]);
/** In all about two seconds. */
const WAITS_MS = [10, 20, 40, 80, 160, 320, 640, 640];

/** What a test puts in the place of the system. */
export interface RenameOptions {
  readonly platform?: NodeJS.Platform;
  readonly move?: (from: string, to: string) => Promise<void>;
}

/** @throws {Error} of the file system, when it still refuses after two seconds on Windows, at once elsewhere. */
export async function renamePatiently(
  from: string,
  to: string,
  { platform = process.platform, move = rename }: RenameOptions = {},
): Promise<void> {
  for (const wait of platform === "win32" ? WAITS_MS : []) {
    try {
      await move(from, to);
      return;
    } catch (error) {
      if (!IN_USE.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
      await sleep(wait);
    }
  }
  await move(from, to);
}
