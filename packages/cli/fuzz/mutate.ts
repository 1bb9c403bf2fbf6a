/** What damage and malice do to bytes: change, cut, double, move, and put in what parsers stumble over. */
import type { Random } from "./random.ts";

const text = (value: string) => new TextEncoder().encode(value);

/** Numbers at the edges, in the widths and orders that headers have, and pieces of JSON. */
const TELLING: readonly Uint8Array[] = [
  Uint8Array.of(0),
  Uint8Array.of(0xff),
  Uint8Array.of(0x7f),
  Uint8Array.of(0x80),
  Uint8Array.of(0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(0x7f, 0xff, 0xff, 0xff),
  Uint8Array.of(0x80, 0, 0, 0),
  Uint8Array.of(0, 0, 0, 0x80),
  Uint8Array.of(0, 0, 0, 0, 0, 0, 0x20, 0),
  Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(0x1f, 0x8b, 8),
  ...[
    "\0",
    "../",
    "/",
    "\n",
    " ",
    '"',
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\\",
    "null",
    "true",
    "-1",
    "0",
    "1",
  ].map(text),
  ...[
    "1e999",
    "9007199254740992",
    "-9007199254740993",
    '"a":1,"a":2',
    "__proto__",
    "[[[[[[[[",
    "\u001b[2J",
  ].map(text),
  ...["77777777777", "00000000000", "ustar\0", '"op":"eval"', "NaN", "\ud83d\ude00"].map(text),
];

/** Longest result: inputs stay small, however often they are doubled. */
const MOST_BYTES = 1 << 16;

/** A changed copy; one to six changes. */
export function mutate(good: Uint8Array, random: Random): Uint8Array {
  let bytes: Uint8Array = Uint8Array.from(good);
  for (let left = 1 + random.below(random.pick([1, 1, 2, 6])); left > 0; left--)
    bytes = change(bytes, random);
  return bytes;
}

function change(bytes: Uint8Array, random: Random): Uint8Array {
  const at = placeIn(bytes, random);
  const length = Math.min(1 + random.below(random.pick([4, 16, 512])), bytes.length - at);
  switch (random.below(8)) {
    case 0:
      if (at < bytes.length) bytes[at]! ^= 1 << random.below(8);
      return bytes;
    case 1:
      if (at < bytes.length) bytes[at] = random.below(256);
      return bytes;
    case 2: {
      const telling = random.pick(TELLING);
      bytes.set(telling.subarray(0, bytes.length - at), at);
      return bytes;
    }
    case 3:
      return spliced(bytes, at, 0, random.pick(TELLING));
    case 4:
      return spliced(bytes, at, length, new Uint8Array(0));
    case 5:
      return bytes.slice(0, at);
    case 6:
      return spliced(bytes, at, 0, bytes.subarray(at, at + length));
    default:
      return spliced(bytes, placeIn(bytes, random), 0, bytes.slice(at, at + length));
  }
}

/** Anywhere, but every second time in the head, where sizes stand. */
function placeIn(bytes: Uint8Array, random: Random): number {
  return random.below(random.below(2) === 0 ? bytes.length + 1 : Math.min(bytes.length + 1, 64));
}

function spliced(bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length - removed + added.length);
  result.set(bytes.subarray(0, at));
  result.set(added, at);
  result.set(bytes.subarray(at + removed), at + added.length);
  return result.subarray(0, MOST_BYTES);
}
