/**
 * Files out of a tar stream, into memory and never onto the disk: names of entries are compared, not followed. What tar knows
 * beyond files and folders (links, devices) has no business in a data set and is refused, as are names that lead elsewhere.
 */

import { createReadStream } from "node:fs";
import { posix } from "node:path";
import { createGunzip } from "node:zlib";
import { type Extract, type Header, extract as tarExtract } from "tar-stream";
import { DatasetsError } from "../datasets-error.ts";

/** What is wanted of an archive, within which limits. */
export interface TarRequest {
  /** Wanted files by their last name, and exactly how many bytes each must have. */
  readonly wanted: ReadonlyMap<string, number>;
  /** Most bytes of the whole archive, unpacked. */
  readonly most: number;
}

/**
 * The wanted files that are there.
 *
 * @param chunks of the archive, unpacked.
 * @param name what messages call it.
 * @throws {DatasetsError} when it is damaged, too long, or holds what no data set holds.
 */
export async function readTarFiles(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  { wanted, most }: TarRequest,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const extract = tarExtract();
  const feeding = feed(extract, chunks, name, most);
  try {
    for await (const entry of extract) {
      const file = checkHeader(entry.header, name);
      const bytes = file === null ? undefined : wanted.get(file);
      if (bytes === undefined) {
        entry.resume();
        continue;
      }
      if (entry.header.size !== bytes || files.has(file!)) {
        throw new DatasetsError(
          `${name}: expected ${file} once with ${bytes} bytes, got ${files.has(file!) ? "it twice" : entry.header.size}; fetch it again`,
        );
      }
      files.set(file!, await collect(entry as AsyncIterable<Uint8Array>, bytes));
    }
    await feeding;
  } catch (error) {
    extract.destroy(error as Error);
    await feeding.catch(() => {});
    if (error instanceof DatasetsError) throw error;
    throw new DatasetsError(
      `${name}: expected a sound tar, got "${(error as Error).message}"; fetch it again`,
      {
        cause: error,
      },
    );
  }
  return files;
}

/** The chunks of a file, unpacked when its name ends in gz. */
export async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path);
  if (!path.endsWith("gz")) {
    yield* file;
    return;
  }
  const gunzip = createGunzip();
  file.on("error", (error) => gunzip.destroy(error));
  try {
    yield* file.pipe(gunzip);
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}

async function feed(
  extract: Extract,
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  most: number,
): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > most) {
        throw new DatasetsError(`${name}: expected at most ${most} bytes unpacked, got more; fetch it again`);
      }
      if (extract.destroyed) return;
      if (!extract.write(chunk)) await drained(extract);
    }
    extract.end(null);
  } catch (error) {
    extract.destroy(error as Error);
    throw error;
  }
}

async function drained(extract: Extract): Promise<void> {
  await new Promise<void>((resolve) => {
    const settle = () => {
      extract.off("drain", settle);
      extract.off("close", settle);
      resolve();
    };
    extract.on("drain", settle);
    extract.on("close", settle);
  });
}

/** @returns the last name of a file, null for a folder. */
function checkHeader(header: Header, name: string): string | null {
  const shown = JSON.stringify(header.name.slice(0, 80));
  if (header.type !== "file" && header.type !== "contiguous-file" && header.type !== "directory") {
    throw new DatasetsError(
      `${name}: expected files and folders, got a ${header.type} ${shown}; fetch it again`,
    );
  }
  const parts = header.name.split(/[/\\]/);
  if (posix.isAbsolute(header.name) || /^[A-Za-z]:|\0/.test(header.name) || parts.includes("..")) {
    throw new DatasetsError(`${name}: expected names inside the archive, got ${shown}; fetch it again`);
  }
  if (!Number.isSafeInteger(header.size) || header.size < 0) {
    throw new DatasetsError(`${name}: expected a length for ${shown}, got ${header.size}; fetch it again`);
  }
  return header.type === "directory" ? null : parts.at(-1)!;
}

async function collect(entry: AsyncIterable<Uint8Array>, bytes: number): Promise<Uint8Array> {
  const file = new Uint8Array(bytes);
  let at = 0;
  for await (const chunk of entry) {
    file.set(chunk, at);
    at += chunk.length;
  }
  return file;
}
