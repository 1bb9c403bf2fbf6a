/** Compressed files and archives. */
import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { gunzip, npzArrays, readTarFiles } from "@pixelcnn/datasets/files";
import { zipSync } from "fflate";
import { pack } from "tar-stream";
import type { Target } from "../target.ts";
import { smallArrays } from "./parsers.ts";

const wanted = new Map([
  ["data_batch_1.bin", 700],
  ["test_batch.bin", 30],
]);

/** An archive like the published one: a folder, a text, two wanted files; one name is too long for a plain header. */
async function smallTar(): Promise<Uint8Array> {
  const archive = pack();
  archive.entry({ name: "cifar-10-batches-bin/", type: "directory" });
  archive.entry({ name: "cifar-10-batches-bin/readme.html" }, "<p>hello</p>");
  archive.entry({ name: `cifar-10-batches-bin/${"long/".repeat(60)}é.txt` }, "a long name");
  for (const [name, bytes] of wanted) {
    archive.entry({ name: `cifar-10-batches-bin/${name}` }, Buffer.alloc(bytes, 7));
  }
  archive.finalize();
  const chunks: Uint8Array[] = [];
  archive.on("data", (chunk) => chunks.push(chunk as Uint8Array));
  await once(archive, "end");
  return Buffer.concat(chunks);
}

export async function archiveTargets(): Promise<readonly Target[]> {
  return [
    {
      name: "gzip",
      seeds: [gzipSync(Buffer.alloc(5000, "0 1 ")), gzipSync(Buffer.alloc(100_000))],
      share: 4_000,
      read: (bytes) => gunzip(bytes, "file.gz", 200_000),
    },
    {
      name: "tar",
      seeds: [await smallTar()],
      share: 4_000,
      read: readTar,
    },
    {
      name: "tar, checksums mended",
      seeds: [await smallTar()],
      share: 4_000,
      read: (bytes) => readTar(withChecksums(bytes)),
    },
    {
      name: "npz archive",
      seeds: [0, 6].map((level) =>
        zipSync({ "train.npy": smallArrays[0]!, "test.npy": smallArrays[1]! }, { level: level as 0 | 6 }),
      ),
      share: 4_000,
      read: (bytes) => npzArrays(bytes, "arrays.npz", 1 << 20),
    },
  ];
}

function readTar(bytes: Uint8Array): Promise<unknown> {
  return readTarFiles(inChunks(bytes), "file.tar", { wanted, most: 1 << 17 });
}

/** So that a changed header is believed: the sum of its bytes, its own field taken for blanks, as six octal digits. */
function withChecksums(bytes: Uint8Array): Uint8Array {
  const mended = bytes.slice();
  for (let at = 0; at + 512 <= mended.length; at += 512) {
    const header = mended.subarray(at, at + 512);
    if (header[257] !== 0x75 || header[258] !== 0x73) continue;
    header.fill(0x20, 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, "0")}\0`), 148);
  }
  return mended;
}

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}
