/** Data sets of the user's own: `folder:<dir>`, `idx:<dir>`, `npy:<file>` and `codes:<file>`. */
import { existsSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { generatedSets } from "../catalogue/generated-sets.ts";
import { knownSet } from "../catalogue/known-sets.ts";

const OWN = /^(folder|idx|npy|codes):(.+)$/s;

/** What a data set of the user's own is. */
export type OwnKind = "folder" | "idx" | "npy" | "codes";

/**
 * The kind and the path as given; null for any other data set. A folder's bare path stands for `folder:<path>`, that of a file that ends in
 * `.npy` or `.npz` for `npy:<path>`.
 *
 * @param base where relative paths start, here and below.
 */
export function ownFolder(name: string, base: string): { kind: OwnKind; path: string } | null {
  const [, kind, path] = OWN.exec(name) ?? [];
  if (path !== undefined) return { kind: kind as OwnKind, path };
  // Nothing at all is no path, though it would lead to where the command was typed.
  if (name === "" || knownSet(name) !== undefined || Object.hasOwn(generatedSets, name)) return null;
  const folder = resolve(base, name);
  if (!existsSync(folder)) return null;
  if (statSync(folder).isDirectory()) return { kind: "folder", path: name };
  return /\.np[yz]$/i.test(name) ? { kind: "npy", path: name } : null;
}

/** The name with its kind before it: `folder:./pictures` for `./pictures`. */
export function fullName(name: string, base: string): string {
  const own = ownFolder(name, base);
  return own === null ? name : `${own.kind}:${own.path}`;
}

/** The same data set, whatever folder a command is run in. */
export function absoluteName(name: string, base: string): string {
  const own = ownFolder(name, base);
  return own === null ? name : `${own.kind}:${resolve(base, own.path)}`;
}

/** A name that can be a file's: that of the folder alone, or of the file without its end. */
export function plainName(name: string, base: string): string {
  const own = ownFolder(name, base);
  if (own === null) return name;
  const last = basename(resolve(base, own.path));
  return (own.kind === "npy" || own.kind === "codes" ? last.replace(/\.np[yz]$/i, "") : last).replace(
    /[^\p{L}\p{N}._-]+/gu,
    "-",
  );
}
