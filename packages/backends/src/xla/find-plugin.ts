/** Where the PJRT plugin is: where the user says, or where the set-up has put it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { BackendError } from "../backend-error.ts";
import { pluginHere } from "./plugin-wheel.ts";

/**
 * The plugin's file, or null where none is set up, or none is wanted (`PIXELCNN_PJRT_PLUGIN` is empty).
 * @throws {BackendError} when `PIXELCNN_PJRT_PLUGIN` names a file that is not there
 */
export function findPlugin(): string | null {
  const named = process.env.PIXELCNN_PJRT_PLUGIN;
  if (named === "") return null;
  if (named !== undefined) {
    if (!existsSync(named))
      throw new BackendError(`PIXELCNN_PJRT_PLUGIN: expected a PJRT plugin, there is no ${named}`);
    return named;
  }
  const plugin = pluginHere();
  if (plugin === undefined) return null;
  const path = join(plugin.folder, plugin.file);
  return existsSync(path) ? path : null;
}

/** Whether there is one to try. */
export function hasPlugin(): boolean {
  try {
    return findPlugin() !== null;
  } catch {
    return false; // a name of none: told where it is started
  }
}
