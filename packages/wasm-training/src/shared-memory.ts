// A module for a memory that threads share: the same code behind another import.

/** A module begins with a magic number and a version; then come sections: a kind, a length, contents. */
const HEADER = 8;
const IMPORTS = 2;

/** Flags: shared, and at most so many pages. An imported memory must state a maximum to be shared: the 65,536 pages that 32-bit addresses reach, in base 128. */
const sharedLimits = [3, 0, 0x80, 0x80, 4];

/** And those of the kernels' own import: neither shared nor bounded. */
const LIMITS = 2;

/** @param module one that imports a memory and nothing else, without a maximum; it stays as it is. */
export function withSharedMemory(module: Uint8Array): Uint8Array {
  let at = HEADER;
  while (module[at] !== IMPORTS) {
    const [length, contents] = lengthAt(module, at + 1);
    at = contents + length;
  }
  // So short a section has a length of one byte.
  const end = at + 2 + module[at + 1]!;
  const before = module.slice(0, end - LIMITS);
  before[at + 1]! += sharedLimits.length - LIMITS;
  const shared = new Uint8Array(module.length + sharedLimits.length - LIMITS);
  shared.set(before);
  shared.set(sharedLimits, before.length);
  shared.set(module.subarray(end), before.length + sharedLimits.length);
  return shared;
}

/** A number in base 128, lowest digit first, each but the last with its highest bit set. @returns it, and where what follows it begins. */
function lengthAt(bytes: Uint8Array, at: number): [length: number, next: number] {
  const digit = bytes[at]!;
  if (digit < 128) return [digit, at + 1];
  const [rest, next] = lengthAt(bytes, at + 1);
  return [digit - 128 + 128 * rest, next];
}
