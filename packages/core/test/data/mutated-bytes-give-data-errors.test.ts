import { DataError, parseAmat, parseCifarBatch, parseIdxLabels, parseIdxPictures } from "@pixelcnn/core/data";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** What damage does to a file: bytes changed, removed or put in, or all that follows cut off. */
type Damage =
  | { readonly kind: "set" | "insert"; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: "remove"; readonly at: number; readonly length: number }
  | { readonly kind: "cut"; readonly at: number };

const at = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.nat({ max: 7000 }));
const telling = fc.constantFrom(0, 1, 3, 8, 0x0a, 0x0d, 0x1f, 0x20, 0x30, 0x31, 0x7f, 0x80, 0x8b, 0xff);
const bytes = fc.uint8Array({ minLength: 1, maxLength: 8 });
const damages = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom("set" as const, "insert" as const), at, bytes }),
    fc.record({ kind: fc.constant("set" as const), at, bytes: telling.map((byte) => Uint8Array.of(byte)) }),
    fc.record({ kind: fc.constant("remove" as const), at, length: fc.integer({ min: 1, max: 50 }) }),
    fc.record({ kind: fc.constant("cut" as const), at }),
  ),
  { minLength: 1, maxLength: 4 },
);

function damaged(good: Uint8Array, all: readonly Damage[]): Uint8Array {
  let result = [...good];
  for (const damage of all) {
    const place = damage.at % (result.length + 1);
    if (damage.kind === "set") result.splice(place, damage.bytes.length, ...damage.bytes);
    else if (damage.kind === "insert") result.splice(place, 0, ...damage.bytes);
    else if (damage.kind === "remove") result.splice(place, damage.length);
    else result = result.slice(0, place);
  }
  return Uint8Array.from(result);
}

/** Every damaged file is refused with a DataError or gives a result that `check` accepts; both must happen. */
function survives<T>(
  good: Uint8Array,
  parse: (bytes: Uint8Array, name: string) => T,
  check: (result: T, file: Uint8Array) => void,
): void {
  let refused = 0;
  let read = 0;
  fc.assert(
    fc.property(damages, (all) => {
      const file = damaged(good, all);
      let result: T;
      try {
        result = parse(file, "damaged");
      } catch (error) {
        expect(error).toBeInstanceOf(DataError);
        expect((error as Error).message).toMatch(/^damaged: .+; .+/);
        refused++;
        return;
      }
      check(result, file);
      read++;
    }),
    { numRuns: 2000 },
  );
  expect(refused).toBeGreaterThan(0);
  expect(read).toBeGreaterThan(0);
}

describe("a damaged file is refused with a DataError, or what is read fits its bytes", () => {
  it("idx pictures", () => {
    const good = Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, ...Array(60).fill(7)]);
    survives(good, parseIdxPictures, ({ count, height, width, pixels }, file) => {
      expect(count * height * width).toBe(pixels.length);
      expect(pixels.length + 16).toBe(file.length);
    });
  });

  it("idx labels", () => {
    const good = Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    survives(good, parseIdxLabels, ({ count, labels }, file) => {
      expect(labels.length).toBe(count);
      expect(count + 8).toBe(file.length);
    });
  });

  it("amat", () => {
    const good = new TextEncoder().encode("0 1 1 0 1 0\n".repeat(6));
    const parse = (file: Uint8Array, name: string) => parseAmat(file, name, { height: 2, width: 3 });
    survives(good, parse, ({ count, pixels }, file) => {
      expect(pixels.length).toBe(6 * count);
      const digits = new TextDecoder().decode(file).replaceAll(/\s/g, "");
      expect(pixels.join("")).toBe(digits);
    });
  });

  it("CIFAR batches", () => {
    const good = Uint8Array.from({ length: 2 * 3073 }, (_, i) => (i % 3073 === 0 ? 4 : i & 255));
    survives(good, parseCifarBatch, (split, file) => {
      expect(split.length * 3073).toBe(file.length);
      const target = new Uint8Array(3072);
      for (let i = 0; i < split.length; i++) expect(split.read(i, target, 0)).toBeLessThan(10);
    });
  });

  it("bytes that never were a file", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (noise) => {
        for (const parse of [
          () => parseIdxPictures(noise, "noise"),
          () => parseIdxLabels(noise, "noise"),
          () => parseAmat(noise, "noise", { height: 28, width: 28 }),
          () => parseCifarBatch(noise, "noise"),
        ]) {
          expect(parse).toThrow(DataError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
