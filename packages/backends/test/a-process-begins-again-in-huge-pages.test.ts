import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import type {} from "@pixelcnn/built-app/build-modules";
import { describe, expect, inject, it } from "vitest";

const kernel = "/sys/kernel/mm/transparent_hugepage/enabled";
const areOffered = existsSync(kernel) && !readFileSync(kernel, "utf8").includes("[never]");
/** Of Node itself. */
const flags = ["--title", "began"];

function run(tunables: string | undefined) {
  const { GLIBC_TUNABLES: _, ...rest } = process.env;
  const env = tunables === undefined ? rest : { ...rest, GLIBC_TUNABLES: tunables };
  const words = [
    ...flags,
    inject("built")["packages/backends/test/support/begin-again-in-a-process.ts"]!,
    "two words",
    "",
  ];
  const child = spawnSync(process.execPath, words, { env, input: "given", encoding: "utf8" });
  expect(child.stderr).toBe("");
  expect(child.status).toBe(0);
  return { pid: child.pid, told: JSON.parse(child.stdout) as { readonly beganAs: string } };
}

describe("useHugePages", () => {
  it.skipIf(!areOffered).each([
    { before: undefined, after: "glibc.malloc.hugetlb=1" },
    { before: "glibc.malloc.arena_max=2", after: "glibc.malloc.arena_max=2:glibc.malloc.hugetlb=1" },
    { before: "glibc.malloc.hugetlb=0", after: "glibc.malloc.hugetlb=0" },
  ])(
    "begins the same process again, once, unless the user has said otherwise: $before",
    ({ before, after }) => {
      const { pid, told } = run(before);
      expect(told).toEqual({ pid, beganAs: after, flags, words: ["two words", ""], read: "given" });
    },
  );
});
