import { createHash } from "node:crypto";
import { type Dataset, SPRITE_PALETTE, type Split, spritesDataset } from "@pixelcnn/core/data";
import { expect, it } from "vitest";
import { checkPalette } from "../../src/index.ts";

const set: Dataset = spritesDataset();

function picturesOf(split: Split): string[] {
  const picture = new Uint8Array(256);
  return Array.from({ length: split.length }, (_, i) => {
    split.read(i, picture, 0);
    return Array.from(picture, (level) => level.toString(16)).join("");
  });
}

// A change here changes every sprite, and with it every published number on this set.
it("the same address gives the same sprite on every machine", () => {
  const hash = createHash("sha256").update(picturesOf(set.test).join()).digest("hex").slice(0, 16);
  expect(hash).toBe("843ef95fae9b99f6");
});

it("they have twelve colours, all of which are used, and one is nothing", () => {
  checkPalette(SPRITE_PALETTE, set);
  expect(set).toMatchObject({ levels: 12, unordered: true, height: 16, width: 16, channels: 1 });
  expect(new Set(picturesOf(set.train).join("")).size).toBe(12);
  expect(SPRITE_PALETTE.filter(([, , , alpha]) => alpha === 0)).toHaveLength(1);
});

it("of 64, those that are tested on are never trained on, in any pose of many epochs", () => {
  const held = new Set([...picturesOf(set.validation), ...picturesOf(set.test)]);
  const trained = new Set(
    Array.from({ length: 20 }, (_, epoch) => picturesOf(set.train.atEpoch!(epoch + 1))).flat(),
  );
  expect(trained.size).toBeGreaterThan(12_000); // 20 epochs of 768, hardly any twice
  expect([...held].filter((picture) => trained.has(picture))).toEqual([]);
  const tested = new Set(picturesOf(set.test));
  expect(picturesOf(set.validation).filter((picture) => tested.has(picture))).toEqual([]);
  expect([set.train, set.validation, set.test].map(({ length }) => length / 16)).toEqual([48, 8, 8]);
});

it("every few in a row have all four heads, and names", () => {
  const labels = Array.from({ length: 12 }, (_, i) => set.test.read(i, new Uint8Array(256), 0));
  expect(labels).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
  expect(set.classNames).toEqual(["folk", "robot", "ghost", "beast"]);
});
