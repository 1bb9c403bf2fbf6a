import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeNpy, preparationFor } from "@pixelcnn/core/data";
import { fullName, loadDataset, plainName } from "@pixelcnn/datasets";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { npzArrays } from "../src/files/npz-arrays.ts";
import { at } from "./support/places.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

type Values = Uint8Array | Uint16Array;

const npy = (shape: readonly number[], values: Values) => encodeNpy({ shape, values });
const ramp = (count: number, most: number) =>
  (most > 256 ? new Uint16Array(count) : new Uint8Array(count)).map((_, i) => (i * 7919) % most);

function fileOf(bytes: Uint8Array, name = "book.npy"): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, bytes);
  return file;
}

/** A header that NumPy would write, over no numbers. */
function headed(descr: string, fortran: "True" | "False", shape: string): Uint8Array {
  const bytes = npy([1], Uint8Array.of(0)).slice();
  const text = `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }`;
  bytes.fill(0x20, 10, bytes.length - 2);
  bytes.set(new TextEncoder().encode(text), 10);
  return bytes;
}

it.each([
  [12, Uint8Array],
  [300, Uint16Array],
  [16_384, Uint16Array],
])("%i codes of an array are as many levels, in no order", async (most, Kind) => {
  const values = new Kind(20 * 6).map((_, i) => (i === 0 ? most - 1 : (i * 7919) % most));
  const file = fileOf(npy([20, 2, 3], values));
  const set = await loadDataset(`codes:${file}`, at());
  expect(set).toMatchObject({
    name: "book",
    height: 2,
    width: 3,
    channels: 1,
    levels: most,
    unordered: true,
  });
  const picture = new Uint16Array(6);
  set.train.read(0, picture, 0);
  expect([...picture]).toEqual([...values.slice(0, 6)]);
  expect(preparationFor(set, most).levels).toBe(most);
  expect(() => preparationFor(set, 4)).toThrow(/names without an order/);
});

it("a book may have codes that the set has not", async () => {
  const file = fileOf(npy([20, 2, 3], ramp(120, 50)));
  expect((await loadDataset(`codes:${file}`, at(), { levels: 64 })).levels).toBe(64);
  await expect(loadDataset(`codes:${file}`, at(), { levels: 40 })).rejects.toThrow(
    /expected numbers from 0 to 39, got 4\d/,
  );
});

it.each([
  ["stored", 0],
  ["deflated", 9],
] as const)("an archive has one array, or the parts of a set, %s", async (_, level) => {
  const one = fileOf(zipSync({ "codes.npy": npy([20, 2, 3], ramp(120, 9)) }, { level }), "book.npz");
  expect(await loadDataset(`codes:${one}`, at())).toMatchObject({ name: "book", levels: 9 });
  const parts = {
    "train.npy": npy([30, 2, 3], ramp(180, 300)),
    "test.npy": npy([4, 2, 3], ramp(24, 300)),
    "validation.npy": npy([5, 2, 3], ramp(30, 300)),
  };
  const set = await loadDataset(`codes:${fileOf(zipSync(parts, { level }), "book.npz")}`, at());
  expect([set.train, set.validation, set.test].map(({ length }) => length)).toEqual([30, 5, 4]);
  const grey = fileOf(zipSync({ "a.npy": npy([20, 2, 3], ramp(120, 256)) }, { level }), "grey.npz");
  expect(fullName(grey, "/")).toBe(`npy:${grey}`);
  expect([plainName(grey, "/"), plainName(`codes:${grey}`, "/")]).toEqual(["grey", "grey"]);
  expect(await loadDataset(grey, at())).toMatchObject({ name: "grey", levels: 256 });
});

it("an archive of pictures and labels, as generate writes them, has classes that are kept together", async () => {
  const labels = Uint16Array.from({ length: 40 }, (_, i) => i % 4);
  const pictures = ramp(240, 9);
  const files = { "pictures.npy": npy([40, 2, 3], pictures), "labels.npy": npy([40], labels) };
  const file = fileOf(zipSync(files), "drawn.npz");
  for (const name of [file, `codes:${file}`]) {
    const set = await loadDataset(name, at());
    expect(set).toMatchObject({ name: "drawn", classes: 4, classNames: ["0", "1", "2", "3"] });
    const one = new Uint8Array(6);
    const tested = Array.from({ length: set.test.length }, (_, i) => set.test.read(i, one, 0));
    expect([...new Set(tested)]).toEqual([0, 1, 2, 3]);
    const label = set.train.read(set.train.length - 1, one, 0);
    const same = labels.filter((_, i) => pictures.subarray(6 * i, 6 * i + 6).join() === one.join());
    expect(same).toContain(label);
  }
  const short = { ...files, "labels.npy": npy([39], labels.subarray(1)) };
  await expect(loadDataset(fileOf(zipSync(short), "drawn.npz"), at())).rejects.toThrow(
    /expected labels \[40\] below 256, a picture each, got \[39\]/,
  );
});

describe("what is no array of codes is refused in one line", () => {
  it.each([
    [
      "16,385 codes",
      npy([10, 1, 1], new Uint16Array(10).fill(16_384)),
      /at most 16384 codes, got the number 16384/,
    ],
    ["RGB", npy([20, 2, 3, 3], ramp(360, 9)), /expected codes \[N, H, W\] of one size, got 20×2×3×3/],
    [
      "columns first",
      headed("'|u1'", "True", "(1, 1, 1)"),
      /got columns first \(Fortran order\); save np\.ascontiguousarray/,
    ],
    ["numbers of 64 bits", headed("'<i8'", "False", "(1, 1, 1)"), /without a sign, row by row, got i8; save/],
    ["floats", headed("'<f4'", "False", "(1, 1, 1)"), /got f4; save/],
    [
      "lists of unequal lengths",
      headed("'|O'", "False", "(1,)"),
      /got objects, as lists of unequal lengths become/,
    ],
    ["records", headed("[('a', '|u1')]", "False", "(1,)"), /expected numbers of 8 or 16 bits/],
  ])("%s", async (_, bytes, message) => {
    const refused = loadDataset(`codes:${fileOf(bytes)}`, at());
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.not.toThrow(/\n/);
  });

  it.each([
    ["another kind of file", Uint8Array.of(1, 2, 3), /expected a sound archive of NumPy/],
    [
      "arrays that are no parts",
      zipSync({ "a.npy": npy([10, 1, 1], ramp(10, 5)), "b.npy": npy([10, 1, 1], ramp(10, 5)) }),
      /expected one array, pictures and labels, or train and test \(and perhaps validation\), got a, b/,
    ],
    [
      "parts of other sizes",
      zipSync({ "train.npy": npy([10, 1, 2], ramp(20, 5)), "test.npy": npy([10, 2, 1], ramp(20, 5)) }),
      /of one size, got 10×1×2 and 10×2×1/,
    ],
    ["no array at all", zipSync({ "a.txt": Uint8Array.of(65) }), /got none; save them/],
    [
      "too many arrays",
      zipSync(Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`${i}.npy`, Uint8Array.of(0)]))),
      /at most 64 arrays/,
    ],
  ])("an archive of %s", async (_, bytes, message) => {
    await expect(loadDataset(`codes:${fileOf(bytes, "book.npz")}`, at())).rejects.toThrow(message);
  });
});

/** The 162 bytes of a file of one empty entry, whose zip64 end claims as many entries as it can. */
function claimingEntries(count: number): Uint8Array {
  const plain = Buffer.from(zipSync({ a: Uint8Array.of() }, { level: 0 }));
  const [start, end] = [plain.indexOf("PK\u0001\u0002"), plain.indexOf("PK\u0005\u0006")];
  const [end64, locator] = [Buffer.alloc(56), Buffer.alloc(20)];
  end64.write("PK\u0006\u0006");
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(start), 48);
  locator.write("PK\u0006\u0007");
  locator.writeBigUInt64LE(BigInt(end), 8);
  return Buffer.concat([plain.subarray(0, end), end64, locator, plain.subarray(end)]);
}

it("a directory is refused at once that claims more entries than the file can hold", () => {
  expect([...npzArrays(claimingEntries(1), "few.npz", 1000).keys()]).toEqual([]);
  const begun = performance.now();
  expect(() => npzArrays(claimingEntries(2 ** 32 - 1), "many.npz", 1000)).toThrow(
    'many.npz: expected a sound archive of NumPy, got "a directory of 4294967295 entries"; save it by np.savez',
  );
  expect(performance.now() - begun).toBeLessThan(5000);
});

it.each([0, 6] as const)("a byte of an array that has changed is found, packed by level %d", (level) => {
  const whole = zipSync({ "train.npy": npy([10, 2, 3], ramp(60, 300)) }, { level });
  const end = Buffer.from(whole).indexOf("PK\u0001\u0002");
  for (let at = end - 40; at < end; at++) {
    const damaged = whole.slice();
    damaged[at]! ^= 1;
    expect(() => npzArrays(damaged, "book.npz", 1000), `byte ${at}`).toThrow(
      /^book\.npz: expected a sound archive of NumPy, got ".*"; save it by np\.savez$/,
    );
  }
});

it("stored entries whose two sizes differ are refused, whichever is within the limit", () => {
  const whole = Buffer.from(zipSync({ "train.npy": npy([2000], ramp(2000, 200)) }, { level: 0 }));
  const small = Buffer.from(whole);
  small.writeUInt32LE(10, whole.indexOf("PK\u0001\u0002") + 24);
  expect(() => npzArrays(small, "book.npz", 1000)).toThrow('got "2128 bytes instead of 10"');
  expect(() => npzArrays(whole, "book.npz", 1000)).toThrow("64 arrays of 1000 bytes together, got more");
});

it("archives of changed bytes are refused in a line or read, and ask for no more than they hold", () => {
  const seed = zipSync({
    "train.npy": npy([10, 2, 3], ramp(60, 300)),
    "test.npy": npy([3, 2, 3], ramp(18, 300)),
  });
  let state = 1;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  let read = 0;
  for (let i = 0; i < 3000; i++) {
    const bytes = seed.slice(0, next(8) === 0 ? next(seed.length) : seed.length);
    for (let changes = 1 + next(4); changes > 0; changes--) bytes[next(bytes.length)] = next(256);
    try {
      npzArrays(bytes, "mutated.npz", 200_000);
      read += 1;
    } catch (error) {
      expect((error as Error).name).toMatch(/^(DatasetsError|DataError)$/);
      expect((error as Error).message).not.toContain("\n");
    }
  }
  expect(read).toBeLessThan(3000);
});
