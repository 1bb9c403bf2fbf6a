/**
 * Gzip from strangers. A gzip file says at its very end how long it is unpacked: that much is allocated once, never more,
 * and only if deflate can really have packed so much into so few bytes.
 */
import { promisify } from "node:util";
import { gunzip as gunzipAll } from "node:zlib";
import { DatasetsError } from "../datasets-error.ts";
import { mostBytes, type SizeLimit } from "./size-limit.ts";

/** Deflate's best: a block of 258 equal bytes takes two bits. */
export const DEFLATE_RATIO = 1032;
/** Header and trailer of the shortest gzip file. */
const SHORTEST = 18;

/**
 * @param packed a whole gzip file of one member.
 * @param name what messages call it.
 * @throws {DatasetsError} when it is damaged, or would unpack to more than `limit`.
 */
export async function gunzip(packed: Uint8Array, name: string, limit: SizeLimit): Promise<Uint8Array> {
  if (packed.length < SHORTEST || packed[0] !== 0x1f || packed[1] !== 0x8b) {
    throw new DatasetsError(
      `${name}: expected a gzip file, got ${packed.length} other bytes; fetch it again`,
    );
  }
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const claimed = view.getUint32(packed.length - 4, true);
  const most = mostBytes(limit, packed.length);
  if (claimed > most) {
    throw new DatasetsError(
      `${name}: expected at most ${most} bytes unpacked, got ${claimed} from ${packed.length}; fetch it again`,
    );
  }
  if (claimed > DEFLATE_RATIO * packed.length) {
    throw new DatasetsError(
      `${name}: its end promises ${claimed} bytes, which ${packed.length} cannot hold; it is cut or damaged, fetch it again`,
    );
  }
  const plain = await promisify(gunzipAll)(packed, {
    // One chunk for all of it, so that nothing is joined and copied afterwards.
    chunkSize: Math.max(64, claimed + 1),
    maxOutputLength: Math.max(1, claimed),
  }).catch((cause: Error) => {
    throw new DatasetsError(`${name}: expected sound gzip, got "${cause.message}"; fetch it again`, {
      cause,
    });
  });
  if (plain.length !== claimed) {
    throw new DatasetsError(
      `${name}: its end promises ${claimed} bytes, but it unpacks to ${plain.length}; fetch it again`,
    );
  }
  return plain;
}
