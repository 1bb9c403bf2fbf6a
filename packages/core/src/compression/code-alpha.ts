/**
 * How opaque pixels are. No model expects it, and mostly it is as it is to the left or above; so two questions, each by how
 * it was answered where the neighbours agreed and where they did not, then the value, by its bytes:
 *
 *     as on the left?     else, as above?     else, high byte and low byte
 *
 * Above the first row is what is on the left; left of the first column what is above; before the first pixel of a picture the last of the one
 * before; and before all of them 0.
 */
import type { LevelArray } from "../picture.ts";
import { AdaptiveCounts } from "./adaptive-counts.ts";
import type { SymbolCoder } from "./symbol-coder.ts";

/**
 * Codes pictures of one value a pixel, one after the other.
 *
 * @param alpha [count, H, W], read or written to; bytes, or 16 bits a value.
 */
export function codeAlpha(coder: SymbolCoder, alpha: LevelArray, height: number, width: number): void {
  const questions = Array.from({ length: 3 }, () => new AdaptiveCounts(2));
  const bytes = Array.from({ length: alpha.BYTES_PER_ELEMENT }, () => new AdaptiveCounts(256));
  const size = height * width;
  for (let i = 0; i < alpha.length; i++) {
    const before = i === 0 ? 0 : alpha[i - 1]!;
    const above = i % size < width ? before : alpha[i - width]!;
    const left = i % width === 0 ? above : before;
    const value = alpha[i]!;
    const agree = left === above;
    if (questions[agree ? 0 : 1]!.code(coder, Number(value === left)) === 1) alpha[i] = left;
    else if (!agree && questions[2]!.code(coder, Number(value === above)) === 1) alpha[i] = above;
    else {
      let coded = 0;
      for (let at = bytes.length - 1; at >= 0; at--) {
        coded = coded * 256 + bytes[at]!.code(coder, (value >>> (8 * at)) & 255);
      }
      alpha[i] = coded;
    }
  }
}
