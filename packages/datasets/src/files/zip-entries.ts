/**
 * The entries of a zip file (PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.5.3), stored or deflated. It is read from its end:
 *
 *     … a local header and the bytes of each entry | directory: a header for each | zip64 end, its locator | end, comment
 *
 * The directory is what counts: of a local header only its length is taken. Left out: encryption, several disks, other packings.
 */
import { inflateRawSync } from "node:zlib";
import { crc32 } from "@pixelcnn/core";
import { DEFLATE_RATIO } from "./gunzip.ts";

/** What the directory says of an entry. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Of its local header. */
  readonly offset: number;
}

const [LOCAL, HEADER, END] = [0x0403_4b50, 0x0201_4b50, 0x0605_4b50];
const [END_64, LOCATOR_64] = [0x0606_4b50, 0x0706_4b50];
/** Lengths of what has no names, comments and extra fields. */
const [LOCAL_BYTES, HEADER_BYTES, END_BYTES, LOCATOR_BYTES] = [30, 46, 22, 20];
const LONGEST_COMMENT = 65_535;
/** A number of 32 bits that does not fit: an extra field has it. */
const ELSEWHERE = 0xffff_ffff;
const UTF_8 = 0x0800;

/** One after another, so that whoever has enough of them stops. @throws {Error} when the directory is damaged. */
export function* zipEntries(bytes: Uint8Array): Generator<ZipEntry> {
  const view = viewOf(bytes);
  const { count, start } = directoryOf(view);
  if (count * HEADER_BYTES > bytes.length) throw new Error(`a directory of ${count} entries`);
  let at = start;
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== HEADER) throw new Error("a damaged directory");
    const nameEnd = at + HEADER_BYTES + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const name = Buffer.from(bytes.subarray(at + HEADER_BYTES, nameEnd));
    yield {
      name: name.toString((view.getUint16(at + 8, true) & UTF_8) === 0 ? "latin1" : "utf8"),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      ...sizesOf(view, at, nameEnd, extraEnd),
    };
    at = extraEnd + view.getUint16(at + 32, true);
  }
}

/**
 * The bytes of an entry, unpacked; a view of the file where they are stored. No more than the directory says are made.
 *
 * @throws {Error} when they are damaged.
 */
export function unpackEntry(file: Uint8Array, entry: ZipEntry): Uint8Array {
  const { method, crc, packedBytes, bytes, offset } = entry;
  const view = viewOf(file);
  if (view.getUint32(offset, true) !== LOCAL) throw new Error("a damaged header of an entry");
  const start = offset + LOCAL_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const packed = file.subarray(start, start + packedBytes);
  if (packed.length < packedBytes) throw new Error("an entry that is cut");
  if (method !== 0 && method !== 8) throw new Error(`packing ${method}`);
  const plain = method === 0 ? packed : inflate(packed, bytes);
  if (plain.length !== bytes) throw new Error(`${plain.length} bytes instead of ${bytes}`);
  if (crc32(plain) !== crc) throw new Error("bytes with another checksum");
  return new Uint8Array(plain.buffer, plain.byteOffset, bytes); // a Buffer's slices would share its bytes
}

function inflate(packed: Uint8Array, bytes: number): Uint8Array {
  if (bytes > DEFLATE_RATIO * packed.length) throw new Error(`${bytes} bytes in ${packed.length}`);
  // One chunk for all of it, so that nothing is joined and copied afterwards.
  return inflateRawSync(packed, { chunkSize: Math.max(64, bytes + 1), maxOutputLength: Math.max(1, bytes) });
}

function directoryOf(view: DataView): { count: number; start: number } {
  let end = view.byteLength - END_BYTES;
  const first = Math.max(0, end - LONGEST_COMMENT);
  while (end >= first && view.getUint32(end, true) !== END) end -= 1;
  if (end < first) throw new Error("no directory");
  const locator = end - LOCATOR_BYTES;
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR_64) {
    return { count: view.getUint16(end + 10, true), start: view.getUint32(end + 16, true) };
  }
  const end64 = longAt(view, locator + 8);
  if (view.getUint32(end64, true) !== END_64) throw new Error("a damaged directory");
  return { count: longAt(view, end64 + 32), start: longAt(view, end64 + 48) };
}

/** The extra field of zip64 has those that do not fit, in this order. */
function sizesOf(view: DataView, at: number, nameEnd: number, extraEnd: number) {
  let field = nameEnd;
  while (field < extraEnd && view.getUint16(field, true) !== 1) field += 4 + view.getUint16(field + 2, true);
  let next = field + 4;
  const size = (place: number) => {
    const short = view.getUint32(place, true);
    if (short !== ELSEWHERE || field >= extraEnd) return short;
    next += 8;
    return longAt(view, next - 8);
  };
  const bytes = size(at + 24);
  const packedBytes = size(at + 20);
  return { bytes, packedBytes, offset: size(at + 42) };
}

function longAt(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
