import { readFile, stat } from "node:fs/promises";
import { DatasetsError } from "../datasets-error.ts";
import { gunzip } from "./gunzip.ts";
import { mostBytes, type SizeLimit } from "./size-limit.ts";

/**
 * The bytes of a file, unpacked when its name ends in .gz.
 *
 * @throws {DatasetsError} when it is no regular file, too long, or damaged.
 */
export async function readPlain(path: string, limit: SizeLimit): Promise<Uint8Array> {
  const stats = await stat(path).catch((cause) => {
    throw new DatasetsError(`${path}: expected a file, found none`, { cause });
  });
  if (!stats.isFile())
    throw new DatasetsError(`${path}: expected a file, got something else; name another place`);
  const most = mostBytes(limit, null);
  if (stats.size > most) {
    throw new DatasetsError(`${path}: expected at most ${most} bytes, got ${stats.size}; fetch it again`);
  }
  const bytes = await readFile(path);
  return path.endsWith(".gz") ? gunzip(bytes, path, limit) : bytes;
}
