/** Where engines are set up, in the user's cache. */
import { join } from "node:path";
import envPaths from "env-paths";

/** @param name with the versions of what is in it, so that another version is another folder. */
export function cacheFolder(name: string): string {
  return join(envPaths("pixelcnn", { suffix: "" }).cache, "backends", name);
}
