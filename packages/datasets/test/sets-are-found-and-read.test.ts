// One file although long: every data set, asked the same questions.
import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { DatasetsError, knownSets, listDatasets, loadDataset } from "@pixelcnn/datasets";
import { pack } from "tar-stream";
import { describe, expect, it, vi } from "vitest";
import { at } from "./support/places.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const realData =
  process.env.PIXELCNN_DATA ?? fileURLToPath(new URL("../../../../shared/datasets", import.meta.url));

const u32 = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const images = (count: number) =>
  Uint8Array.from([0, 0, 8, 3, ...u32(count), ...u32(2), ...u32(2), ...Array(4 * count).fill(count)]);
const labels = (count: number) =>
  Uint8Array.from([0, 0, 8, 1, ...u32(count), ...Array.from({ length: count }, (_, i) => i % 3)]);
const standard = {
  "train-images-idx3-ubyte": images(24),
  "train-labels-idx1-ubyte": labels(24),
  "t10k-images-idx3-ubyte": images(5),
  "t10k-labels-idx1-ubyte": labels(5),
};

function write(folder: string, files: Record<string, Uint8Array>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(join(folder, name), name.endsWith(".gz") ? gzipSync(bytes, { level: 1 }) : bytes);
  }
}
const withNames = (rename: (name: string) => string) =>
  Object.fromEntries(Object.entries(standard).map(([name, bytes]) => [rename(name), bytes]));

describe("mnist and fashion-mnist", () => {
  it.each([
    ["mnist", "mnist", ""],
    ["mnist", "mnist", ".gz"],
    ["fashion-mnist", "fashion-mnist", ".gz"],
  ])(
    "%s is found in a folder %s of the data folder, or is it, with files %s",
    async (name, folder, ending) => {
      const dataDir = temporaryFolder();
      write(
        join(dataDir, folder),
        withNames((file) => file + ending),
      );
      for (const place of [dataDir, join(dataDir, folder)]) {
        const set = await loadDataset(name, at(place));
        expect(set).toMatchObject({ name, height: 2, width: 2, channels: 1, levels: 256, classes: 3 });
        expect([set.train.length, set.validation.length, set.test.length]).toEqual([22, 2, 5]);
      }
      expect(listDatasets([dataDir]).find((set) => set.name === name)?.place).toBe(join(dataDir, folder));
    },
  );

  it("are not taken for each other, though their files have the same names", async () => {
    const dataDir = temporaryFolder();
    write(join(dataDir, "fashion-mnist"), standard);
    await expect(loadDataset("mnist", at(join(dataDir, "fashion-mnist")), { mirrors: [] })).rejects.toThrow(
      DatasetsError,
    );
  });

  it("that are nowhere and cannot be fetched are asked for in one line", async () => {
    const dataDir = temporaryFolder();
    const folder = join(dataDir, "mnist");
    await expect(loadDataset("mnist", at(dataDir), { mirrors: [] })).rejects.toThrow(
      `mnist: expected to download it, got no mirror; put train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz into ${folder}, or name their place with --data-dir`,
    );
  });

  it("that are damaged are refused by the file's path", async () => {
    const dataDir = temporaryFolder();
    write(join(dataDir, "mnist"), { ...standard, "t10k-labels-idx1-ubyte": labels(4) });
    await expect(loadDataset("mnist", at(dataDir))).rejects.toThrow(
      /t10k-labels-idx1-ubyte: expected 5 labels/,
    );
  });
});

describe("a file longer than any of its kind", () => {
  it("is refused by its length, unread", async () => {
    const dataDir = temporaryFolder();
    write(join(dataDir, "mnist"), standard);
    truncateSync(join(dataDir, "mnist", "train-images-idx3-ubyte"), 2 ** 32);
    const before = process.memoryUsage().rss;
    await expect(loadDataset("mnist", at(dataDir))).rejects.toThrow(
      /expected at most 47040016 bytes, got 4294967296/,
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(32 << 20);
  });

  it("and a folder of its name is none", async () => {
    const dataDir = temporaryFolder();
    const { "t10k-labels-idx1-ubyte": _, ...others } = standard;
    write(join(dataDir, "mnist"), others);
    mkdirSync(join(dataDir, "mnist", "t10k-labels-idx1-ubyte"));
    await expect(loadDataset("mnist", at(dataDir))).rejects.toThrow(/expected a file, got a folder/);
  });

  it("and a file where a folder of pictures or of idx files is meant is told as one", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    for (const kind of ["folder", "idx"])
      await expect(loadDataset(`${kind}:${file}`, at())).rejects.toThrow(`at ${file}, found a file`);
  });
});

describe("idx:<dir>", () => {
  it.each([
    ["the usual names", (name: string) => name],
    [
      "other names that say train",
      (name: string) => name.replace("train", "emnist-letters-Train").replace("t10k", "emnist-letters-x"),
    ],
    [
      "names that do not tell, by their lengths",
      (name: string) => name.replace("train-", "1-").replace("t10k-", "0-"),
    ],
    ["gzipped files", (name: string) => `${name}.gz`],
  ])("takes four files with %s", async (_, rename) => {
    const folder = temporaryFolder();
    write(folder, withNames(rename));
    writeFileSync(join(folder, "readme.txt"), "four files");
    const set = await loadDataset(`idx:${folder}`, at());
    expect([set.train.length + set.validation.length, set.test.length]).toEqual([24, 5]);
  });

  it.each<[string, Record<string, Uint8Array>, RegExp]>([
    [
      "three files",
      { "a-idx": images(3), "b-idx": labels(3), "c-idx": images(2) },
      /expected four files .* got 3/,
    ],
    [
      "three of pictures",
      { "a-idx": images(3), "b-idx": labels(3), "c-idx": images(2), "d-idx": images(2) },
      /two of labels, got 3 and 1/,
    ],
    [
      "parts that nothing tells apart",
      { "a-idx": images(3), "b-idx": labels(3), "c-idx": images(3), "d-idx": labels(3) },
      /put "train" into its name/,
    ],
    [
      "no idx",
      { "a-idx": images(3), "b-idx": labels(3), "c-idx": images(2), "d-idx": new Uint8Array(20) },
      /d-idx: expected idx pictures/,
    ],
  ])("refuses a folder with %s", async (_, files, message) => {
    const folder = temporaryFolder();
    write(folder, files);
    await expect(loadDataset(`idx:${folder}`, at())).rejects.toThrow(message);
  });
});

describe("cifar10", () => {
  /** 10,000 records; every value of a batch is its number. */
  const batch = (number: number) => {
    const bytes = new Uint8Array(10_000 * 3073).fill(number);
    for (let at = 0; at < bytes.length; at += 3073) bytes[at] = (at / 3073) % 10;
    return bytes;
  };
  const archive = async (names: readonly string[]) => {
    const tar = pack();
    tar.entry({ name: "cifar-10-batches-bin/", type: "directory" });
    names.forEach((name, i) => {
      tar.entry({ name: `cifar-10-batches-bin/${name}` }, batch(i + 1));
    });
    tar.finalize();
    const chunks: Uint8Array[] = [];
    for await (const chunk of tar) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks);
  };

  it("goes on with the batches that are there, and says which are not", async () => {
    const dataDir = temporaryFolder();
    const folder = join(dataDir, "cifar-10-batches-bin");
    write(folder, {
      "data_batch_2.bin": batch(2),
      "data_batch_4.bin.gz": batch(4),
      "test_batch.bin": batch(9),
    });
    const warn = vi.fn();
    const set = await loadDataset("cifar10", at(dataDir), { warn });
    expect([set.train.length + set.validation.length, set.test.length]).toEqual([20_000, 10_000]);
    expect(warn.mock.calls).toEqual([
      [
        `cifar10: data_batch_1.bin, data_batch_3.bin, data_batch_5.bin absent from ${folder}; going on with 2 of 5 training batches`,
      ],
    ]);
    expect(set.classNames?.[9]).toBe("truck");
    const picture = new Uint8Array(3072);
    set.train.read(0, picture, 0);
    expect(picture[0]).toBe(2);
  });

  it("is read out of its archive, wherever the batches stand in it", async () => {
    const dataDir = temporaryFolder();
    const bytes = await archive(["test_batch.bin", "data_batch_5.bin", "data_batch_1.bin"]);
    write(join(dataDir, "cifar10"), { "cifar-10-binary.tar.gz": bytes });
    const warn = vi.fn();
    const set = await loadDataset("cifar10", at(dataDir), { warn });
    const picture = new Uint8Array(3072);
    set.test.read(0, picture, 0);
    expect(picture[0]).toBe(1);
    set.train.read(0, picture, 0);
    expect(picture[0]).toBe(3);
    expect(warn).toHaveBeenCalledOnce();
    expect(readdirSync(join(dataDir, "cifar10"))).toEqual(["cifar-10-binary.tar.gz"]);
  }, 60_000);

  it("needs its test batch", async () => {
    const dataDir = temporaryFolder();
    write(join(dataDir, "cifar10"), { "cifar-10-binary.tar": await archive(["data_batch_1.bin"]) });
    await expect(loadDataset("cifar10", at(dataDir), { warn: () => {} })).rejects.toThrow(
      /expected test_batch.bin/,
    );
  });
});

describe("names and options", () => {
  it.each(["", "nope", "folder", "folder:", "idx", "mnist:x", "__proto__", "constructor"])(
    "%j is no data set",
    async (name) => {
      await expect(loadDataset(name, at())).rejects.toThrow(/one of glyphs, .*npy:<file>, codes:<file>, got/);
    },
  );

  it("a size is for sets that have none, grey for folders", async () => {
    const size = { height: 8, width: 9 };
    expect(await loadDataset("colour-glyphs", at(), { size })).toMatchObject({ ...size, channels: 3 });
    await expect(loadDataset("mnist", at(), { size })).rejects.toThrow(
      /--size with glyphs and folder:<dir> only/,
    );
    await expect(loadDataset("glyphs", at(), { grey: true })).rejects.toThrow(
      /--grey with folder:<dir> only/,
    );
  });
});

const absent = ["mnist", "binarized_mnist", "fashion-mnist", "cifar-10-batches-bin"].filter(
  (folder) => !existsSync(join(realData, folder)),
);
describe.skipIf(absent.length > 0)(
  `the real sets${absent.length > 0 ? ` (skipped: no ${absent.join(", ")} in PIXELCNN_DATA or ../shared/datasets)` : ""}`,
  () => {
    it.each([
      ["mnist", 60_000, 10_000],
      ["fashion-mnist", 60_000, 10_000],
      ["binarized-mnist", 60_000, 10_000],
      ["cifar10", 50_000, 10_000],
    ])(
      "%s has its numbers of pictures, a byte a value in memory",
      async (name, training, test) => {
        globalThis.gc?.();
        const before = process.memoryUsage().arrayBuffers;
        const set = await loadDataset(name, at(realData));
        expect([set.train.length + set.validation.length, set.test.length]).toEqual([training, test]);
        const bytes = (training + test) * set.height * set.width * set.channels;
        // What was read and unpacked on the way may not have been collected yet: the text of a binary set is twice as long.
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * bytes);
      },
      60_000,
    );

    it("have the lengths and hashes of the catalogue, or unpack to them", async () => {
      const { isWhole } = await import("../src/fetch/download.ts");
      const folder = temporaryFolder();
      for (const set of [knownSets.mnist, knownSets.fashionMnist]) {
        for (const file of set.files)
          expect(await isWhole(join(realData, set.folders[0], file.name), file)).toBe(true);
      }
      const { readPlain } = await import("../src/files/read-file.ts");
      for (const file of knownSets.binarizedMnist.files) {
        const path = join(folder, file.name);
        writeFileSync(
          path,
          await readPlain(join(realData, "binarized_mnist", `${file.name}.gz`), file.bytes),
        );
        expect(await isWhole(path, file)).toBe(true);
      }
    }, 60_000);
  },
);
