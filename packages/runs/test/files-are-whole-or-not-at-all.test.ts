import { execFileSync } from "node:child_process";
import { chmod, lstat, mkdir, open, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomic } from "@pixelcnn/runs";
import { expect, it } from "vitest";
import { temporaryFolder } from "./support/temporary-folder.ts";

it("text and bytes are written, folders made, and nothing else is left", async () => {
  const folder = temporaryFolder();
  await writeAtomic(join(folder, "a/b/text.txt"), "größer\n");
  await writeAtomic(join(folder, "a/b/bytes"), Uint8Array.of(0, 255, 10));
  expect(await readFile(join(folder, "a/b/text.txt"), "utf8")).toBe("größer\n");
  expect([...(await readFile(join(folder, "a/b/bytes")))]).toEqual([0, 255, 10]);
  expect((await readdir(join(folder, "a/b"))).sort()).toEqual(["bytes", "text.txt"]);
});

it("a writer that fails leaves the old file and no temporary one", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "model");
  await writeAtomic(path, "old");
  const notData = { length: 3 } as unknown as Uint8Array;
  await expect(writeAtomic(path, notData)).rejects.toThrow(TypeError);
  expect(await readFile(path, "utf8")).toBe("old");
  expect(await readdir(folder)).toEqual(["model"]);
});

it("a target that cannot be replaced leaves no temporary file", async () => {
  const folder = temporaryFolder();
  await mkdir(join(folder, "taken"));
  await writeFile(join(folder, "taken/inside"), "");
  await expect(writeAtomic(join(folder, "taken"), "new")).rejects.toMatchObject({
    code: "EISDIR",
    path: join(folder, "taken"),
  });
  expect(await readdir(folder)).toEqual(["taken"]);
});

it("whoever reads while it is written again and again sees one whole text or another", async () => {
  const path = join(temporaryFolder(), "config");
  const texts = ["a", "b"].map((letter) => letter.repeat(200_000));
  await writeAtomic(path, texts[0]!);
  let writing = true;
  const writer = (async () => {
    for (let i = 0; i < 30; i++) await writeAtomic(path, texts[i % 2]!);
    writing = false;
  })();
  const seen = new Set<string>();
  while (writing) seen.add(await readFile(path, "utf8"));
  await writer;
  for (const text of seen) expect(texts).toContain(text);
});

it("two writes of the same file at once do not meet in a temporary one", async () => {
  const folder = temporaryFolder();
  const texts = Array.from({ length: 20 }, (_, i) => String(i).repeat(1000));
  await Promise.all(texts.map((text) => writeAtomic(join(folder, "file"), text)));
  expect(texts).toContain(await readFile(join(folder, "file"), "utf8"));
  expect(await readdir(folder)).toEqual(["file"]);
});

const posix = process.platform !== "win32";

it.runIf(posix)("a link stays, what it leads to is replaced, be it there or not", async () => {
  const folder = temporaryFolder();
  await mkdir(join(folder, "far"));
  await symlink("far/file", join(folder, "link"));
  await symlink(join(folder, "link"), join(folder, "link of a link"));
  for (const text of ["first", "second"]) {
    await writeAtomic(join(folder, "link of a link"), text);
    expect(await readFile(join(folder, "far/file"), "utf8")).toBe(text);
  }
  expect((await lstat(join(folder, "link"))).isSymbolicLink()).toBe(true);
  expect((await readdir(folder)).sort()).toEqual(["far", "link", "link of a link"]);
  expect(await readdir(join(folder, "far"))).toEqual(["file"]);
});

it.runIf(posix)("a file keeps its permissions", async () => {
  const path = join(temporaryFolder(), "secret");
  await writeFile(path, "old");
  await chmod(path, 0o600);
  await writeAtomic(path, "new");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it.runIf(posix)("a pipe and a device are written to and stay what they are", async () => {
  const folder = temporaryFolder();
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const [text] = await Promise.all([readFile(pipe, "utf8"), writeAtomic(pipe, "through")]);
  expect(text).toBe("through");
  expect((await lstat(pipe)).isFIFO()).toBe(true);
  await symlink("/dev/null", join(folder, "null"));
  await writeAtomic(join(folder, "null"), "nothing");
  expect((await readdir(folder)).sort()).toEqual(["null", "pipe"]);
});

it.runIf(process.platform === "linux")(
  "a file that a process has open is written to, not replaced",
  async () => {
    const path = join(temporaryFolder(), "log");
    const file = await open(path, "w+");
    try {
      await writeAtomic(`/proc/self/fd/${file.fd}`, "told");
      expect(await file.readFile("utf8")).toBe("told");
    } finally {
      await file.close();
    }
  },
);

it.runIf(process.platform === "linux")("a full disk is told with the path that it was about", async () => {
  await expect(writeAtomic("/dev/full", "text")).rejects.toMatchObject({
    code: "ENOSPC",
    path: "/dev/full",
    message: expect.stringMatching(/^ENOSPC: no space left on device, write '\/dev\/full'$/),
  });
});
