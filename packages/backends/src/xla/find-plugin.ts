/** Where the PJRT plugin is: where the user says, or where the set-up has put it. */
import { existsSync, statSync } from "node:fs";
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

/**
 * Makes a file the plugin of this process and of those that it starts, as `PIXELCNN_PJRT_PLUGIN` does.
 * @throws {BackendError} when there is no such file
 */
export function namePlugin(path: string): void {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new BackendError(`expected the file of a PJRT plugin, there is none at ${path}`);
  process.env.PIXELCNN_PJRT_PLUGIN = path;
}

/** Whether it is the user's own, and not the one that the set-up has put there. */
export function isNamed(path: string): boolean {
  return path === process.env.PIXELCNN_PJRT_PLUGIN;
}

/** Whether there is one to try. */
export function hasPlugin(): boolean {
  try {
    return findPlugin() !== null;
  } catch {
    return false; // a name of none: told where it is started
  }
}
