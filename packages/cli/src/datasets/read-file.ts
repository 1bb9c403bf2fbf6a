import { readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { CliError } from "../cli-error.ts";
import { fileAt } from "./find-folder.ts";

/** Longest file that any known set unpacks to, with room to spare: 60,000 pictures of 28×28, or 50,000 lines of text. */
const MAX_BYTES = 256 * 2 ** 20;

/**
 * The bytes of a file, unpacked when it is gzipped.
 *
 * @throws {CliError} when it is damaged or unpacks to an absurd size.
 */
export async function readPlain(folder: string, file: string): Promise<Uint8Array> {
  const path = fileAt(folder, file);
  if (path === null) throw new CliError(`expected ${file} in ${folder}, found none`);
  const { size } = await stat(path);
  if (size > MAX_BYTES) throw new CliError(`${path}: expected at most ${MAX_BYTES} bytes, got ${size}`);
  const bytes = await readFile(path);
  if (!path.endsWith(".gz")) return bytes;
  return promisify(gunzip)(bytes, { maxOutputLength: MAX_BYTES }).catch((cause) => {
    throw new CliError(
      `${path}: expected gzip of at most ${MAX_BYTES} bytes, got ${cause.message}; fetch it again`,
      {
        cause,
      },
    );
  });
}
