import { describe, expect, it } from "vitest";
import { withFlips } from "../../src/data/flips.ts";
import { storedSplit } from "../../src/data/stored-split.ts";

const shape = { height: 3, width: 5, channels: 3 };
const SIZE = 45;
const COUNT = 400;
const values = Uint8Array.from({ length: SIZE * COUNT }, (_, i) => (i * 37 + (i >> 5)) % 251);
const plain = storedSplit(
  values,
  SIZE,
  Uint8Array.from({ length: COUNT }, (_, i) => i % 7),
);

function read(split: ReturnType<typeof withFlips>, index: number, offset = 0) {
  const target = new Uint8Array(SIZE + 2 * offset).fill(255);
  const label = split.read(index, target, offset);
  return { label, picture: Array.from(target.subarray(offset, offset + SIZE)), target };
}

/** By the definition: pixel (y, x) is pixel (y, W − 1 − x), its channels in their order. */
function flipped(picture: readonly number[]): number[] {
  const { width, channels } = shape;
  return picture.map((_, i) => {
    const [c, x, y] = [i % channels, Math.floor(i / channels) % width, Math.floor(i / channels / width)];
    return picture[(y * width + width - 1 - x) * channels + c]!;
  });
}

describe("flips", () => {
  const split = withFlips(plain, shape, 5);

  it("leave a picture as it is or turn every row round, and the label alone", () => {
    let turned = 0;
    for (let index = 0; index < COUNT; index++) {
      const before = read(plain, index);
      const { label, picture } = read(split, index);
      expect(label).toBe(before.label);
      const isTurned = String(picture) === String(flipped(before.picture));
      if (isTurned) turned += 1;
      else expect(picture).toEqual(before.picture);
    }
    // 400 throws of a coin: four standard deviations are 40
    expect(Math.abs(turned - COUNT / 2)).toBeLessThan(40);
  });

  it("are others in another epoch and for another seed, and the same for the same", () => {
    const of = (one: typeof split) => Array.from({ length: 50 }, (_, index) => read(one, index).picture);
    expect(of(withFlips(plain, shape, 5))).toEqual(of(split));
    expect(of(split.atEpoch!(1))).toEqual(of(split));
    expect(of(split.atEpoch!(2))).not.toEqual(of(split));
    expect(of(withFlips(plain, shape, 6))).not.toEqual(of(split));
  });

  it("touch nothing beside the picture", () => {
    for (let index = 0; index < 10; index++) {
      const { target } = read(split, index, 4);
      expect([...target.subarray(0, 4), ...target.subarray(-4)]).toEqual(new Array(8).fill(255));
    }
  });

  it("turn the fresh pictures of a set that draws them every epoch", () => {
    const fresh = {
      ...plain,
      atEpoch: (epoch: number) =>
        storedSplit(
          values.map((v) => (v + epoch) % 251),
          SIZE,
        ),
    };
    const second = withFlips(fresh, shape, 5).atEpoch!(2);
    for (let index = 0; index < 20; index++) {
      const drawn = read(fresh.atEpoch(2), index).picture;
      expect([String(drawn), String(flipped(drawn))]).toContain(String(read(second, index).picture));
    }
  });
});
