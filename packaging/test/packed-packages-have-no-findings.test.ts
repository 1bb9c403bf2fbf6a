import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { describe, expect, inject, test } from "vitest";
import { published, run } from "../src/pack.ts";

const attw = join(
  dirname(createRequire(import.meta.url).resolve("@arethetypeswrong/cli/package.json")),
  "dist/index.js",
);

describe.each(published)("%s", (name) => {
  test("publint finds nothing", async () => {
    const bytes = await readFile(inject("tarballs")[name]);
    const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  // It fails where it finds something. The packages are ECMAScript modules alone: what CommonJS and Node 10 would find is
  // not asked. The cli exports an app and no types.
  test.skipIf(name === "cli")("are the types wrong? No", async () => {
    await run(process.execPath, [attw, "--profile", "esm-only", inject("tarballs")[name]], ".");
  });
});

test("every package brings its licence, its README and no source", async () => {
  for (const tarball of Object.values(inject("tarballs"))) {
    const files = (await run("tar", ["tzf", tarball], ".")).trim().split("\n");
    expect(files).toEqual(
      expect.arrayContaining(["package/LICENSE", "package/README.md", "package/package.json"]),
    );
    expect(files.filter((file) => /^package\/(src|test)\//.test(file))).toEqual([]);
  }
});
