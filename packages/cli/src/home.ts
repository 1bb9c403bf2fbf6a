/**
 * `~` for the user's own folder in what is written to be shared: a model file, its card, the settings of a run. Whose machine it was made on is
 * nobody's business, and the same folder of another user is what is meant there.
 */
import { homedir } from "node:os";
import { join, sep } from "node:path";

/** A text with `~` in the place of the home folder, wherever that stands in it. */
export function withoutHome(text: string, home = homedir()): string {
  // Of root and of services: nothing that would name anybody, and every path begins with it.
  if (home === "" || home === sep) return text;
  return text.replace(new RegExp(`${escaped(home)}(?=$|[\\\\/\\s"':;,])`, "g"), "~");
}

/** A path that may begin with `~/`, as one that the system knows. */
export function withHome(path: string, home = homedir()): string {
  return /^~(?=$|[\\/])/.test(path) ? join(home, path.slice(1)) : path;
}

/** The name of a data set whose path may begin with `~/`: "folder:~/photos", or the path alone. */
export function datasetWithHome(name: string, home = homedir()): string {
  const [, kind = "", path = name] = /^((?:folder|idx|npy|codes):)(.+)$/s.exec(name) ?? [];
  return kind + withHome(path, home);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
