import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeNpy } from "@pixelcnn/core/data";
import { loadDataset, plainName } from "@pixelcnn/datasets";
import { expect, it } from "vitest";
import { at } from "./support/places.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

function fileOf(shape: readonly number[], values: Uint8Array | Uint16Array): string {
  const file = join(temporaryFolder(), "ramp.npy");
  writeFileSync(file, encodeNpy({ shape, values }));
  return file;
}

it.each([
  ["16 bits in colour", [20, 2, 3, 3], Uint16Array, 65_536, 3],
  ["16 bits, grey without an axis of channels", [20, 2, 3], Uint16Array, 65_536, 1],
  ["bytes", [20, 2, 3, 1], Uint8Array, 256, 1],
] as const)("pictures of %s are read as they are stored", async (_, shape, Values, levels, channels) => {
  const size = 6 * channels;
  const values = new Values(20 * size).map((_, i) => (i * 40_503) % levels);
  const file = fileOf(shape, values);
  for (const name of [file, `npy:${file}`]) {
    const set = await loadDataset(name, at());
    expect(set).toMatchObject({ name: "ramp", height: 2, width: 3, channels, levels, classes: 0 });
    const picture = new Values(size);
    const parts = [set.train, set.validation, set.test];
    expect(parts.map(({ length }) => length)).toEqual([16, 2, 2]);
    set.train.read(0, picture, 0);
    expect(picture).toEqual(values.slice(0, size));
    set.test.read(0, picture, 0);
    expect(picture).toEqual(values.slice(9 * size, 10 * size));
  }
  expect(plainName(file, "/")).toBe("ramp");
});

it.each([[[20, 6]], [[20, 2, 3, 2]], [[1, 20, 2, 3, 1]], [[0, 2, 3]]])(
  "an array of shape %j is refused",
  async (shape) => {
    const count = shape.reduce((product, length) => product * length, 1);
    const file = fileOf(shape, new Uint8Array(count));
    await expect(loadDataset(file, at())).rejects.toThrow(/ramp.*expected/);
  },
);
