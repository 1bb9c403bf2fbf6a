import { readFile, stat } from "node:fs/promises";
import { DatasetsError } from "../datasets-error.ts";
import { gunzip } from "./gunzip.ts";
import { anyFile, mostBytes, type SizeLimit } from "./size-limit.ts";

/**
 * The bytes of a file, unpacked when its name ends in .gz.
 *
 * @param name what messages call it.
 * @throws {DatasetsError} when it is no regular file, too long, or damaged.
 */
export async function readPlain(path: string, limit: SizeLimit, name = path): Promise<Uint8Array> {
  const stats = await stat(path).catch((cause) => {
    throw new DatasetsError(`${name}: expected a file, found none`, { cause });
  });
  if (!stats.isFile()) {
    const kind = stats.isDirectory() ? "a folder" : "a device or a pipe";
    throw new DatasetsError(`${name}: expected a file, got ${kind}; name another place`);
  }
  const most = mostBytes(limit, null);
  if (stats.size > most) {
    const advice = limit === anyFile ? "save less in one file" : "fetch it again";
    throw new DatasetsError(`${name}: expected at most ${most} bytes, got ${stats.size}; ${advice}`);
  }
  const bytes = await readFile(path);
  return path.endsWith(".gz") ? gunzip(bytes, name, limit) : bytes;
}
