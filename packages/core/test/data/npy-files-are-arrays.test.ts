import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataError, encodeNpy, exactLevels, parseNpy, storedValues } from "../../src/data/index.ts";

/** As numpy.save writes it. */
const saved = (descr: string, shape: string, ...numbers: number[]) => {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117);
  return Uint8Array.of(
    ...[0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, 118, 0],
    ...new TextEncoder().encode(`${text}\n`),
    ...numbers,
  );
};

describe("an array file", () => {
  it.each([
    ["|u1", "(2, 3)", [1, 2, 3, 4, 5, 255], [2, 3], [1, 2, 3, 4, 5, 255]],
    ["<u2", "(1, 2)", [1, 2, 255, 254], [1, 2], [513, 65_279]],
    [">u2", "(2,)", [1, 2, 255, 254], [2], [258, 65_534]],
    ["|u1", "()", [7], [], [7]],
  ])("%s %s", (descr, shape, bytes, sizes, values) => {
    const array = parseNpy(saved(descr, shape, ...bytes), "a.npy");
    expect(array.shape).toEqual(sizes);
    expect(Array.from(array.values)).toEqual(values);
  });

  it("is written as it is read, aligned as NumPy aligns", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sizes, fc.boolean(), (shape, deep) => {
        const count = shape.reduce((product, size) => product * size, 1);
        const values = new (deep ? Uint16Array : Uint8Array)(count).map((_, i) => i * 71);
        const bytes = encodeNpy({ shape, values });
        expect(parseNpy(bytes, "a.npy")).toEqual({ shape, values });
        expect((bytes.length - values.byteLength) % 64).toBe(0);
      }),
    );
    expect(encodeNpy({ shape: [1, 3], values: Uint8Array.of(1, 2, 3) })).toEqual(
      saved("|u1", "(1, 3)", 1, 2, 3),
    );
  });

  it.each([
    ["nothing", new Uint8Array(0), "expected an array file of NumPy"],
    ["floats", saved("<f4", "(1,)", 0, 0, 0, 0), "expected numbers of 8 or 16 bits without a sign"],
    ["too few numbers", saved("|u1", "(2, 3)", 1), "expected 6 bytes of numbers [2,3], got 1"],
    ["too many", saved("|u1", "(1,)", 1, 2), "expected 1 bytes of numbers [1], got 2"],
    ["a size beyond all", saved("|u1", "(99999999999,)", 1), "expected numbers of 8 or 16 bits"],
    ["sizes beyond all", saved("|u1", "(9999999999, 9999999999)", 1), "expected 99999999980000000000 bytes"],
  ])("of %s is refused", (_, bytes, line) => {
    expect(() => parseNpy(bytes, "a.npy")).toThrow(DataError);
    expect(() => parseNpy(bytes, "a.npy")).toThrow(line);
  });
});

describe("levels that keep everything", () => {
  it("come back as the values they were, for any number of levels", () => {
    for (const stored of [256, 65_536]) {
      for (const levels of [2, 3, 28, 255, 256, ...(stored === 256 ? [] : [257, 30_000, 65_536])]) {
        const all = new (levels > 256 ? Uint16Array : Uint8Array)(levels).map((_, level) => level);
        const values = storedValues(all, levels, stored);
        expect(exactLevels(values, levels, stored)).toEqual(all);
      }
    }
  });

  it("are refused where a value lies between two", () => {
    expect(() => exactLevels(Uint8Array.of(0, 85, 84), 4, 256)).toThrow(
      "expected values that 4 levels show, got 84 of 256; choose a model with more levels",
    );
    expect(() => exactLevels(Uint16Array.of(257, 258), 256, 65_536)).toThrow("got 258 of 65536");
  });
});
