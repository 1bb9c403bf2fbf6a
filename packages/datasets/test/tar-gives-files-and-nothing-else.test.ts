import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DatasetsError } from "@pixelcnn/datasets";
import { chunksOf, readTarFiles } from "@pixelcnn/datasets/files";
import { type Header, pack } from "tar-stream";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./support/temporary-folder.ts";

const wanted = new Map([
  ["a.bin", 1000],
  ["b.bin", 3],
]);
const request = { wanted, most: 1 << 16 };
type Entry = [header: Partial<Header> & { name: string }, body?: Uint8Array];

async function tar(...entries: Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const [header, body] of entries) {
    if (body === undefined) archive.entry(header);
    else archive.entry(header, body);
  }
  archive.finalize();
  const chunks: Uint8Array[] = [];
  archive.on("data", (chunk) => chunks.push(chunk as Uint8Array));
  await once(archive, "end");
  return Buffer.concat(chunks);
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const read = (bytes: Uint8Array, size = 700) => readTarFiles(inChunks(bytes, size), "some.tar", request);

const a: Entry = [{ name: "set/a.bin" }, Buffer.alloc(1000, 5)];
const b: Entry = [{ name: "./set/b.bin" }, Buffer.from("xyz")];

describe("wanted files", () => {
  it.each([1, 511, 512, 700, 100_000])("are read whole from chunks of %i bytes", async (size) => {
    const bytes = await tar(
      [{ name: "set/", type: "directory" }],
      a,
      [{ name: "readme" }, Buffer.from("hi")],
      b,
    );
    const files = await read(bytes, size);
    expect([...files.keys()]).toEqual(["a.bin", "b.bin"]);
    expect(Buffer.from(files.get("a.bin")!).equals(a[1]!)).toBe(true);
    expect(Buffer.from(files.get("b.bin")!).toString()).toBe("xyz");
  });

  it("may be absent, and names may be long", async () => {
    const long: Entry = [{ name: `${"é/".repeat(120)}b.bin` }, Buffer.from("xyz")];
    expect([...(await read(await tar(long))).keys()]).toEqual(["b.bin"]);
  });

  it("come out of a .tar.gz on the disk, which is left as it was", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "set.tar.gz");
    writeFileSync(path, gzipSync(await tar(a, b)));
    expect((await readTarFiles(chunksOf(path), path, request)).size).toBe(2);
    expect(readdirSync(folder)).toEqual(["set.tar.gz"]);
  });
});

describe("what no data set holds is refused in one line", () => {
  const withSize = async (field: string) => {
    const bytes = await tar(a);
    bytes.write(field, 124, 12, "latin1");
    bytes.write("        ", 148, "latin1");
    const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
    return bytes;
  };
  const half = async () => (await tar(a)).subarray(0, 900);
  const cases: [string, () => Promise<Uint8Array>, RegExp][] = [
    [
      "a name that leads up",
      () => tar([{ name: "set/../../a.bin" }, Buffer.alloc(1000)]),
      /names inside the archive, got "set\/..\/..\/a.bin"/,
    ],
    ["an absolute name", () => tar([{ name: "/etc/a.bin" }, Buffer.alloc(1000)]), /names inside/],
    ["a drive", () => tar([{ name: "C:\\a.bin" }, Buffer.alloc(1000)]), /names inside/],
    [
      "a name that leads up, Windows' way",
      () => tar([{ name: "..\\a.bin" }, Buffer.alloc(1000)]),
      /names inside/,
    ],
    [
      "a symbolic link",
      () => tar([{ name: "a.bin", type: "symlink", linkname: "/etc/passwd" }]),
      /files and folders, got a symlink "a.bin"/,
    ],
    ["a hard link", () => tar([{ name: "a.bin", type: "link", linkname: "b.bin" }]), /got a link/],
    ["a device", () => tar([{ name: "a.bin", type: "character-device" }]), /got a character-device/],
    [
      "a wanted file of another length",
      () => tar([{ name: "a.bin" }, Buffer.alloc(999)]),
      /a.bin once with 1000 bytes, got 999/,
    ],
    ["a wanted file twice", () => tar(a, a), /a.bin once with 1000 bytes, got it twice/],
    ["a wanted file of 8 GiB", () => withSize("77777777777\0"), /1000 bytes, got 8589934591/],
    ["a length of 2^95", () => withSize(`\u0080${"\u00ff".repeat(11)}`), /expected a length|sound tar/],
    ["a negative length", () => withSize(`${"\u00ff".repeat(11)}\0`), /sound tar|expected a length/],
    [
      "an archive longer than the limit",
      () => tar([{ name: "big" }, Buffer.alloc(1 << 17)]),
      /at most 65536 bytes unpacked, got more/,
    ],
    ["half a file", half, /sound tar/],
    ["bytes that are no tar", async () => Buffer.alloc(2000, "no tar"), /sound tar/],
  ];
  it.each(cases)("%s", async (_, make, message) => {
    const refused = read(await make());
    await expect(refused).rejects.toThrow(DatasetsError);
    await expect(refused).rejects.toThrow(message);
  });

  it("a bomb: a thousand times its length, stopped at the limit", async () => {
    const path = join(temporaryFolder(), "bomb.tar.gz");
    writeFileSync(path, gzipSync(await tar([{ name: "big" }, Buffer.alloc(64 << 20)])));
    const before = process.memoryUsage().rss;
    await expect(readTarFiles(chunksOf(path), path, request)).rejects.toThrow(/at most 65536 bytes/);
    expect(process.memoryUsage().rss - before).toBeLessThan(32 << 20);
  });

  it("a damaged .tar.gz", async () => {
    const path = join(temporaryFolder(), "set.tar.gz");
    const bytes = gzipSync(await tar(a, b));
    writeFileSync(path, bytes.subarray(0, bytes.length - 20));
    await expect(readTarFiles(chunksOf(path), path, request)).rejects.toThrow(
      /sound tar, got "unexpected end of file"/,
    );
    bytes[40]! ^= 16;
    writeFileSync(path, bytes);
    await expect(readTarFiles(chunksOf(path), path, request)).rejects.toThrow(DatasetsError);
  });
});
