/** Data sets that are folders of the user's own: `folder:<dir>` and `idx:<dir>`. */
import { basename } from "node:path";
import { userPath } from "../paths.ts";

const OWN = /^(folder|idx):(.+)$/s;

/** The kind and the path as given; null for any other data set. */
export function ownFolder(name: string): { kind: "folder" | "idx"; path: string } | null {
  const [, kind, path] = OWN.exec(name) ?? [];
  return path === undefined ? null : { kind: kind as "folder" | "idx", path };
}

/** The same data set, whatever folder a command is run in. */
export function absoluteName(name: string): string {
  const own = ownFolder(name);
  return own === null ? name : `${own.kind}:${userPath(own.path)}`;
}

/** A name that can be a file's: that of the folder alone. */
export function plainName(name: string): string {
  const own = ownFolder(name);
  return own === null ? name : basename(userPath(own.path)).replace(/[^\p{L}\p{N}._-]+/gu, "-");
}
