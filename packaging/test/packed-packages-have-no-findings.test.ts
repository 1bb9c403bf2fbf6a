import { readFile } from "node:fs/promises";
import { checkPackage, createPackageFromTarballData, type ResolutionKind } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { describe, expect, inject, test } from "vitest";
import { published, run } from "../src/pack.ts";

const notAsked: readonly string[] = ["node10", "node16-cjs"] satisfies ResolutionKind[];

describe.each(published)("%s", (name) => {
  test("publint finds nothing", async () => {
    const { buffer } = new Uint8Array(await readFile(inject("tarballs")[name]));
    const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  // The packages are ECMAScript modules alone: what CommonJS and Node 10 would find is not asked. The cli exports an app and no types.
  test.skipIf(name === "cli")("are the types wrong? No", async () => {
    const bytes = new Uint8Array(await readFile(inject("tarballs")[name]));
    const analysis = await checkPackage(createPackageFromTarballData(bytes));
    if (!analysis.types) throw new Error("expected types, there are none");
    const asked = analysis.problems.filter(
      (problem) => !("resolutionKind" in problem && notAsked.includes(problem.resolutionKind)),
    );
    expect(asked).toEqual([]);
    expect(Object.keys(analysis.entrypoints)).toContain(".");
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
