/**
 * Which files of a run may be read: a short list of names, inside a run directory that `listRuns` finds, and no links on the way.
 * Requests name them by path; what a path decodes to is never joined to anything before it was found on the list.
 */
import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { join } from "node:path";
import { listRuns } from "@pixelcnn/runs";

const readable = [
  { pattern: /^(?:model|best)\.safetensors$/, type: "application/octet-stream" },
  { pattern: /^samples\/step-\d+\.png$/, type: "image/png" },
];

/**
 * The decoded segments of a raw request path, or null when one of them is no plain name. The path comes as the client sent it: a
 * URL parser would resolve "..", encoded or not, before anyone could refuse it.
 */
export function pathSegments(path: string): string[] | null {
  try {
    const segments = path.split("/").map(decodeURIComponent);
    return segments.every(isPlainName) ? segments : null;
  } catch {
    return null; // a percent sign that begins no encoding
  }
}

function isPlainName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  return name !== "" && name !== "." && name !== ".." && !/[/\\:\u0000-\u001f]/.test(name);
}

/** The directory of a run, or null when there is no such run. */
export async function runDirectory(root: string, name: string): Promise<string | null> {
  const names = await listRuns(root);
  return names.includes(name) ? join(root, name) : null;
}

export interface OpenedFile {
  readonly file: FileHandle;
  readonly type: string;
}

/** Opens a file of a run for reading; null when it is not one of those, or not a plain file. The caller closes it. */
export async function openRunFile(
  directory: string,
  segments: readonly string[],
): Promise<OpenedFile | null> {
  const known = readable.find(({ pattern }) => pattern.test(segments.join("/")));
  if (known === undefined) return null;
  const path = join(await realpath(directory), ...segments);
  // A link anywhere below the run directory leads somewhere else: its real path differs.
  if ((await realpath(path).catch(() => null)) !== path) return null;
  // A pipe of that name would keep the reader waiting, were it not for O_NONBLOCK.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch(() => null);
  if (file === null) return null;
  if ((await file.stat()).isFile()) return { file, type: known.type };
  await file.close();
  return null;
}
