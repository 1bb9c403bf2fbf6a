/** The one file that travels: everything through xz, which is what makes Node small. `tar -xf` or Python's tarfile unpacks it. */
import { execFile } from "node:child_process";
import { rename, rm, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { promisify } from "node:util";
import { BundleError } from "./bundle-error.ts";

/** Bytes that an archive has at most, without its data sets: what can be sent about. */
const MOST_BYTES = 40_000_000;

/** x86 jumps made alike before they are packed: machine code becomes a tenth smaller. */
const PACKING = "--threads=1 --x86 --lzma2=preset=9e,dict=64MiB";

/**
 * @param dataBytes of data sets in the folder, which are packed already and not counted
 * @returns bytes of the archive
 * @throws {BundleError} when it is too large, or tar or xz is missing
 */
export async function archive(folder: string, file: string, dataBytes: number): Promise<number> {
  const half = `${file}.half`;
  try {
    await promisify(execFile)(
      "tar",
      ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "-cJf", half, basename(folder)],
      { cwd: dirname(folder), env: { ...process.env, XZ_OPT: PACKING } },
    );
  } catch (error) {
    await rm(half, { force: true });
    throw new BundleError(
      `expected tar and xz to pack ${folder}, they did not (${(error as Error).message.trim().split("\n").at(-1)}); ` +
        "install them, or give --no-archive",
      { cause: error },
    );
  }
  const { size } = await stat(half);
  if (size - dataBytes > MOST_BYTES) {
    await rm(half);
    throw new BundleError(
      `expected an archive of at most ${MOST_BYTES / 1e6} MB without data sets, got ${megabytes(size - dataBytes)}; ` +
        "leave models, libraries or --images out, or give --no-archive",
    );
  }
  await rename(half, file);
  return size;
}

/** `39.2 MB` */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
