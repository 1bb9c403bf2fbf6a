/** How long a file of a data set may be, so that a bomb of zeros is refused and a large set is not. */

/** What a known file must not exceed, in bytes once unpacked; for any other file, see {@link anyFile}. */
export type SizeLimit = number | typeof anyFile;

/** No set of its kind is known: at most a gibibyte, and at most so many times its packed length. */
export const anyFile = "any file";

const MEBIBYTE = 2 ** 20;
const MOST = 1024 * MEBIBYTE;
/** Text of ones and zeros packs 36 to 1, pictures of ink 5 to 1. */
const RATIO = 100;
/** Small files may be as empty as they like: 60,000 equal labels pack 600 to 1. */
const HARMLESS = 16 * MEBIBYTE;

/** Most bytes that a plain file, or one unpacked from `packedBytes`, may have. */
export function mostBytes(limit: SizeLimit, packedBytes: number | null): number {
  if (limit !== anyFile) return limit;
  return packedBytes === null ? MOST : Math.min(MOST, Math.max(HARMLESS, RATIO * packedBytes));
}
