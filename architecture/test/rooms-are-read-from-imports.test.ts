import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { drawGraph } from "../draw-graph.ts";
import { readImports } from "../read-imports.ts";
import { circleIn, floorsOf, graphOf, reduced } from "../rooms.ts";

/** A repository of one app and one package. */
function repository(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "architecture-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const files = {
  "packages/core/package.json": JSON.stringify({
    name: "@p/core",
    exports: { ".": "./src/index.ts", "./b": "./src/b/index.ts" },
  }),
  "packages/core/src/index.ts": 'export { a } from "./a/a.ts";',
  "packages/core/src/a/a.ts": 'import type { B } from "../b/index.ts";\nexport const a = 1 as unknown as B;',
  "packages/core/src/b/index.ts": "export type B = number;",
  "apps/web/src/main.tsx": 'const b = import("@p/core/b");\nimport { a } from "@p/core";\nimport "react";',
};

it("types, dynamic imports and doors of packages are imports, other packages are not", () => {
  expect(readImports(repository(files))).toEqual([
    { from: "packages/core/src/a/a.ts", to: "packages/core/src/b/index.ts" },
    { from: "packages/core/src/index.ts", to: "packages/core/src/a/a.ts" },
    { from: "apps/web/src/main.tsx", to: "packages/core/src/b/index.ts" },
    { from: "apps/web/src/main.tsx", to: "packages/core/src/index.ts" },
  ]);
});

it("a circle is told node by node", () => {
  const imports = readImports(
    repository({ ...files, "packages/core/src/b/index.ts": 'export type { a as B } from "../a/a.ts";' }),
  );
  expect(circleIn(graphOf(imports, (file) => file))).toEqual([
    "packages/core/src/a/a.ts",
    "packages/core/src/b/index.ts",
    "packages/core/src/a/a.ts",
  ]);
});

const graph = new Map([
  ["app", new Set(["middle", "ground"])],
  ["middle", new Set(["ground"])],
  ["ground", new Set<string>()],
]);

it("arrows that follow from others are left out", () => {
  expect([...reduced(graph).get("app")!]).toEqual(["middle"]);
  expect(circleIn(graph)).toBe(null);
});

it("a room stands above all that it imports", () => {
  expect([...floorsOf(graph)].sort()).toEqual([
    ["app", 2],
    ["ground", 0],
    ["middle", 1],
  ]);
  expect(
    drawGraph(graph)
      .split("\n")
      .filter((line) => line.includes("-->")),
  ).toEqual(["  r_app --> r_middle", "  r_middle --> r_ground"]);
});
