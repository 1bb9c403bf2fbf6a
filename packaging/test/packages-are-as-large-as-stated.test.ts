import { expect, inject, test } from "vitest";
import { published } from "../src/pack.ts";
import { packedSizes, statedSizes } from "../src/packed-sizes.ts";

const sizes = await packedSizes(inject("tarballs"));
const stated = await statedSizes();

test("docs/releasing.md states a size of every package", () => {
  expect(Object.keys(stated).sort()).toEqual([...published].sort());
});

// A statement that nobody keeps up is none: too large a one is as wrong as too small a one.
test.each(published)("%s is packed as large as stated, within a tenth", (name) => {
  const message = `${sizes[name]} kB, stated ${stated[name]}; run: pnpm --filter packaging sizes`;
  expect(sizes[name], message).toBeGreaterThan(0.9 * stated[name]!);
  expect(sizes[name], message).toBeLessThan(1.1 * stated[name]!);
});
