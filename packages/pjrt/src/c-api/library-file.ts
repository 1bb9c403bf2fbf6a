/**
 * Whether a file can be handed to the dynamic loader. The loader maps a library before it knows that it is whole; one that ends early then kills
 * the process with SIGBUS, so on ELF platforms the segments that the header promises are compared with the file's length first.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { PluginError } from "../errors.ts";

/** @throws {PluginError} for a file that is absent, unreadable, no shared library of this platform, or cut short */
export function checkLibraryFile(path: string): void {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (cause) {
    const reason =
      (cause as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : "it cannot be read";
    throw new PluginError(`${path}: expected a PJRT plugin (a shared library), but ${reason}`, { cause });
  }
  try {
    const status = fstatSync(file);
    if (!status.isFile())
      throw new PluginError(`${path}: expected a PJRT plugin (a shared library), got a folder or device`);
    if (process.platform === "linux") checkElf(file, path, status.size);
  } finally {
    closeSync(file);
  }
}

function checkElf(file: number, path: string, fileBytes: number): void {
  const head = Buffer.alloc(64);
  const got = readSync(file, head, 0, 64, 0);
  if (got < 64 || head.readUInt32BE(0) !== 0x7f454c46 || head[4] !== 2) {
    throw new PluginError(
      `${path}: expected a PJRT plugin (a 64-bit shared library), got some other kind of file`,
    );
  }
  const tableOffset = Number(head.readBigUInt64LE(32));
  const entryBytes = head.readUInt16LE(54);
  const entries = head.readUInt16LE(56);
  let needed = tableOffset + entryBytes * entries;
  if (needed <= fileBytes && entryBytes >= 56) {
    const table = Buffer.alloc(entryBytes * entries);
    readSync(file, table, 0, table.length, tableOffset);
    for (let entry = 0; entry < entries; entry++) {
      const at = entry * entryBytes;
      needed = Math.max(
        needed,
        Number(table.readBigUInt64LE(at + 8)) + Number(table.readBigUInt64LE(at + 32)),
      );
    }
  }
  if (needed > fileBytes) {
    throw new PluginError(
      `${path}: expected ${needed} bytes by its own header, got ${fileBytes}; the file is cut short, so install it again`,
    );
  }
}
