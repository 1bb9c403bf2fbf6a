import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  amatDataset,
  cifarDataset,
  type Dataset,
  idxDataset,
  parseAmat,
  parseCifarBatch,
  parseIdxLabels,
  parseIdxPictures,
  type Split,
} from "@pixelcnn/core/data";
import { describe, expect, it } from "vitest";
import { dataFolder } from "./data-folder.ts";

const LONG_MS = 120_000;

/** The tests of one data set, skipped by name where its folder is absent. */
function withFiles(name: string, tests: (read: (file: string) => Uint8Array) => void): void {
  const absent = !existsSync(join(dataFolder, name));
  const note = absent ? ` (skipped: no folder ${name} in PIXELCNN_DATA or ../shared/datasets)` : "";
  describe.skipIf(absent)(`${name}${note}`, () => {
    tests((file) => {
      const bytes = readFileSync(join(dataFolder, name, file));
      return file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
    });
  });
}

function idx(name: string, read: (file: string) => Uint8Array): Dataset {
  return idxDataset({
    name,
    trainPictures: parseIdxPictures(read("train-images-idx3-ubyte.gz"), "train pictures"),
    trainLabels: parseIdxLabels(read("train-labels-idx1-ubyte.gz"), "train labels"),
    testPictures: parseIdxPictures(read("t10k-images-idx3-ubyte.gz"), "test pictures"),
    testLabels: parseIdxLabels(read("t10k-labels-idx1-ubyte.gz"), "test labels"),
  });
}

/** Mean and standard deviation of each channel, of 0 ... 1, and the number of pictures of each class. */
function statistics(set: Dataset, splits: readonly Split[]) {
  const { channels } = set;
  const picture = new Uint8Array(set.height * set.width * channels);
  const sums = new Array<number>(channels).fill(0);
  const squares = new Array<number>(channels).fill(0);
  const classes = new Array<number>(set.classes).fill(0);
  let pixels = 0;
  for (const split of splits) {
    for (let i = 0; i < split.length; i++) {
      const label = split.read(i, picture, 0);
      if (set.classes > 0) classes[label]!++;
      for (let at = 0; at < picture.length; at += channels) {
        for (let c = 0; c < channels; c++) {
          const v = picture[at + c]!;
          sums[c]! += v;
          squares[c]! += v * v;
        }
      }
    }
    pixels += split.length * set.height * set.width;
  }
  const means = sums.map((sum) => sum / pixels / 255);
  const deviations = squares.map((sum, c) => Math.sqrt(sum / pixels / 255 ** 2 - means[c]! ** 2));
  const rounded = (values: number[]) => values.map((v) => Number(v.toFixed(4)));
  return { means: rounded(means), deviations: rounded(deviations), classes };
}

// The means and deviations are those that training recipes everywhere normalise these sets by.
withFiles("mnist", (read) => {
  it(
    "has the published numbers of pictures, brightness and digits",
    () => {
      const set = idx("mnist", read);
      expect(set).toMatchObject({ height: 28, width: 28, channels: 1, levels: 256, classes: 10 });
      expect([set.train.length, set.validation.length, set.test.length]).toEqual([55_000, 5000, 10_000]);
      const train = statistics(set, [set.train, set.validation]);
      expect(train.means).toEqual([0.1307]);
      expect(train.deviations).toEqual([0.3081]);
      expect(statistics(set, [set.test]).classes).toEqual([
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
      ]);
    },
    LONG_MS,
  );

  it("reads the bytes that lie where the format puts them", () => {
    const set = idx("mnist", read);
    const file = read("train-images-idx3-ubyte.gz");
    const labels = read("train-labels-idx1-ubyte.gz");
    const picture = new Uint8Array(784);
    for (const [i, stored] of [
      [0, 0],
      [10, 10],
      [11, 12],
      [54_999, 59_998],
    ] as const) {
      expect(set.train.read(i, picture, 0)).toBe(labels[8 + stored]);
      expect(Buffer.compare(picture, file.subarray(16 + 784 * stored, 16 + 784 * (stored + 1)))).toBe(0);
    }
    expect(set.validation.read(0, picture, 0)).toBe(labels[8 + 11]);
  });
});

withFiles("fashion-mnist", (read) => {
  it(
    "has the published numbers of pictures and brightness, and equal classes",
    () => {
      const set = idx("fashion-mnist", read);
      expect([set.train.length, set.validation.length, set.test.length]).toEqual([55_000, 5000, 10_000]);
      const train = statistics(set, [set.train, set.validation]);
      expect(train.means).toEqual([0.286]);
      expect(train.deviations).toEqual([0.353]);
      expect(train.classes).toEqual(new Array(10).fill(6000));
    },
    LONG_MS,
  );
});

withFiles("binarized_mnist", (read) => {
  it(
    "has the published numbers of pictures, and the ones that the text has",
    () => {
      const size = { height: 28, width: 28 };
      const texts = ["train", "valid", "test"].map((part) => read(`binarized_mnist_${part}.amat.gz`));
      const [train, validation, test] = texts.map((text, i) => parseAmat(text, `part ${i}`, size));
      const set = amatDataset({
        name: "binarized-mnist",
        train: train!,
        validation: validation!,
        test: test!,
      });
      expect([set.train.length, set.validation.length, set.test.length]).toEqual([50_000, 10_000, 10_000]);
      [train!, validation!, test!].forEach(({ pixels }, part) => {
        // The text has a digit in every second byte.
        const text = texts[part]!;
        let different = text.length === 2 * pixels.length ? 0 : 1;
        for (let i = 0; i < pixels.length; i++) if (text[2 * i] !== 48 + pixels[i]!) different++;
        expect(different).toBe(0);
      });
    },
    LONG_MS,
  );

  it(
    "is parsed at more than 25,000 lines per second",
    () => {
      const text = read("binarized_mnist_train.amat.gz");
      const start = process.cpuUsage(); // whatever else the machine does
      parseAmat(text, "train", { height: 28, width: 28 });
      expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
    },
    LONG_MS,
  );
});

withFiles("cifar-10-batches-bin", (read) => {
  it(
    "has the published numbers of pictures, and each channel its own brightness",
    () => {
      const batches = [1, 2, 3, 4, 5].map((n) => parseCifarBatch(read(`data_batch_${n}.bin`), `batch ${n}`));
      const set = cifarDataset(batches, parseCifarBatch(read("test_batch.bin"), "test batch"));
      expect([set.train.length, set.validation.length, set.test.length]).toEqual([45_834, 4166, 10_000]);
      const train = statistics(set, [set.train, set.validation]);
      expect(train.means).toEqual([0.4914, 0.4822, 0.4465]);
      expect(train.deviations).toEqual([0.247, 0.2435, 0.2616]);
      expect(train.classes).toEqual(new Array(10).fill(5000));
      // A frog comes first in training, a cat in the test batch.
      const picture = new Uint8Array(3072);
      expect([set.train.read(0, picture, 0), set.test.read(0, picture, 0)]).toEqual([6, 3]);
    },
    LONG_MS,
  );
});
