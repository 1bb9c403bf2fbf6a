/** Files and digests of any number of bytes, piece by piece: Node reads and hashes less than 2 GiB at once. */
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

/** Bytes at once. */
const PIECE = 2 ** 30;

/** @throws {Error} of the file system. */
export async function readLong(path: string, piece = PIECE): Promise<Buffer> {
  const file = await open(path);
  try {
    const bytes = Buffer.alloc((await file.stat()).size);
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, at, Math.min(piece, bytes.length - at), at);
      if (bytesRead === 0) return bytes.subarray(0, at);
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

/** SHA-256 of parts after one another, in hexadecimal digits. */
export function sha256(parts: readonly Uint8Array[], piece = PIECE): string {
  const hash = createHash("sha256");
  for (const part of parts) {
    for (let at = 0; at < part.length; at += piece) hash.update(part.subarray(at, at + piece));
  }
  return hash.digest("hex");
}
