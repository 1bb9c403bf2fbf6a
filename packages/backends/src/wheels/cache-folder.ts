/** Where engines are set up, in the user's cache. */
import { join } from "node:path";
import envPaths from "env-paths";

/**
 * The folder of a set-up engine.
 *
 * @param name with the versions of what is in it, so that another version is another folder; the folder of all of them when left out.
 */
export function cacheFolder(name = ""): string {
  return join(envPaths("pixelcnn", { suffix: "" }).cache, "backends", name);
}
