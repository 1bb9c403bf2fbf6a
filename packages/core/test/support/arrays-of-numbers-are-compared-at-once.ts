/**
 * For `toEqual` and its like: typed arrays of equal numbers are equal, found out in one loop. Vitest's own comparison goes from element to element by
 * several functions and lists of keys each, which took longer than computing most of what is compared; it still says what differs where anything does.
 */
import { expect } from "vitest";

/** Runs again before every test file of a process, which keeps its testers. */
const realm = globalThis as { comparesArraysAtOnce?: true };

if (!realm.comparesArraysAtOnce) {
  realm.comparesArraysAtOnce = true;
  expect.addEqualityTesters([(a: unknown, b: unknown) => (areEqualNumbers(a, b) ? true : undefined)]);
}

/** Of the same type and length, and the same numbers: 0 and −0 are two, NaN is one. */
function areEqualNumbers(a: unknown, b: unknown): boolean {
  if (!isTypedArray(a) || !isTypedArray(b)) return false;
  if (a.constructor !== b.constructor || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

function isTypedArray(value: unknown): value is Float64Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}
