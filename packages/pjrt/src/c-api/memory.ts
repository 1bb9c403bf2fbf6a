/** Crossing the border between JavaScript's memory and native memory: addresses one way, copies the other. */
import koffi from "koffi";

/**
 * The address of a typed array's first byte. Whoever passes it on keeps the array referenced for as long as native code reads or writes there; the
 * garbage collector does not move what has once been addressed.
 */
export function addressOf(bytes: ArrayBufferView): bigint {
  return koffi.address(bytes);
}

/** UTF-8 text of `length` bytes at an address. */
export function textAt(address: bigint, length: number): string {
  return length === 0 ? "" : Buffer.from(koffi.view(address, length)).toString("utf8");
}

/** `count` pointers at an address. */
export function pointersAt(address: bigint, count: number): bigint[] {
  return count === 0 ? [] : Array.from(new BigUint64Array(koffi.view(address, 8 * count).slice(0)));
}

/** `count` 64-bit integers at an address, as numbers. */
export function integersAt(address: bigint, count: number): number[] {
  return count === 0 ? [] : Array.from(new BigInt64Array(koffi.view(address, 8 * count).slice(0)), Number);
}
