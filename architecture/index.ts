/**
 * `pnpm architecture`: draws packages and the rooms of core into docs/architecture.md, from the imports. `--check` (part of `pnpm check`)
 * says what is not current, and both refuse circles between files and between rooms.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { drawGraph } from "./draw-graph.ts";
import { readImports } from "./read-imports.ts";
import { circleIn, graphOf } from "./rooms.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = new URL("../docs/architecture.md", import.meta.url);

/** `packages/core/src/network/graph.ts` is of core, and there of network. */
const packageOf = (file: string) => /^(?:packages|apps)\/([^/]+)\//.exec(file)?.[1] ?? null;
const roomOfCore = (file: string) =>
  /^packages\/core\/src\/(samplers\/\w+|[\w-]+)(?=\/)/.exec(file)?.[1] ??
  /^packages\/core\/src\/(errors|picture)\.ts$/.exec(file)?.[1] ??
  null;
const roomOfGallery = (file: string) => /^apps\/web\/src\/([\w-]+)\//.exec(file)?.[1] ?? null;

const imports = readImports(root);
const graphs = {
  files: graphOf(imports, (file) => file),
  packages: graphOf(imports, packageOf),
  core: graphOf(imports, roomOfCore),
  gallery: graphOf(imports, roomOfGallery),
};
const troubles = Object.entries(graphs).flatMap(([what, graph]) => {
  const circle = circleIn(graph);
  return circle === null ? [] : [`${what}: expected no circle of imports, got ${circle.join(" → ")}`];
});
if (troubles.length === 0) {
  const before = readFileSync(page, "utf8");
  let after = before;
  for (const [what, graph] of Object.entries(graphs)) {
    if (what !== "files") after = replaced(after, what, drawGraph(graph));
  }
  if (!process.argv.includes("--check")) writeFileSync(page, after);
  else if (after !== before) {
    troubles.push("docs/architecture.md: expected the picture of today's imports; run pnpm architecture");
  }
}
for (const trouble of troubles) process.stderr.write(`${trouble}\n`);
process.exitCode = troubles.length === 0 ? 0 : 1;

/** What stands between the two marks of a picture. */
function replaced(text: string, what: string, picture: string): string {
  const [start, end] = [`<!-- imports of ${what} -->`, "<!-- end -->"];
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) {
    throw new Error(
      `docs/architecture.md: expected "${start}" and "${end}" behind it; put them where it belongs`,
    );
  }
  return `${text.slice(0, from + start.length)}\n\n${picture}\n\n${text.slice(to)}`;
}
