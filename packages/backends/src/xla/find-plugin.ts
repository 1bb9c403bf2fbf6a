/** Where the PJRT plugin is: where the user says, or where the set-up has put it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import envPaths from "env-paths";
import { BackendError } from "../backend-error.ts";
import { type PluginWheel, pluginWheel } from "./plugin-wheel.ts";

/** The folder of the user's cache that a wheel becomes. */
export function pluginFolder({ name, version }: PluginWheel): string {
  return join(envPaths("pixelcnn", { suffix: "" }).cache, "backends", `${name}-${version}`);
}

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
  const wheel = pluginWheel();
  if (wheel === undefined) return null;
  const file = join(pluginFolder(wheel), wheel.plugin);
  return existsSync(file) ? file : null;
}

/** Whether there is one to try. */
export function hasPlugin(): boolean {
  try {
    return findPlugin() !== null;
  } catch {
    return false; // a name of none: told where it is started
  }
}
