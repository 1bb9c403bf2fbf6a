/** Lists as C reads them. Whoever passes the address of one keeps it referenced until the call has returned. */
import type { NativeOutput } from "./library.ts";

/** Bytes of a `TF_Output`: an address, an integer, and nothing up to the next multiple of 8. */
const OUTPUT_BYTES = 16;

/** Outputs one after another, as C reads them. */
export function outputList(outputs: readonly NativeOutput[]): BigUint64Array {
  const list = new BigUint64Array((Math.max(1, outputs.length) * OUTPUT_BYTES) / 8);
  outputs.forEach(({ operation, index }, place) => {
    list[2 * place] = BigInt(operation);
    list[2 * place + 1] = BigInt(index);
  });
  return list;
}

/** Numbers as 64-bit integers; at least one, so that the list has an address. */
export function wideIntegers(numbers: readonly number[]): BigInt64Array {
  return BigInt64Array.from(numbers.length === 0 ? [0n] : numbers.map(BigInt));
}
