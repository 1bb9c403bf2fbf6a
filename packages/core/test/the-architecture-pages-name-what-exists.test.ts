/** docs/architecture.md and the pages on additions against the repository: every file, folder and test that they name is there. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const pages = ["architecture", "add-an-operation", "add-a-likelihood"];
const page = pages.map((name) => readFileSync(join(root, `docs/${name}.md`), "utf8")).join("\n");

/** Paths of all files and folders of a folder, without what is installed or made. */
function pathsIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (/^(runs|reference)$/.test(path) || /^(node_modules|dist|out.*|\..*)$/.test(entry.name)) return [];
    return entry.isDirectory() ? [path, ...pathsIn(path)] : [path];
  });
}

const paths = pathsIn("").map((path) => `/${path}`);
const prose = page.replace(/^```.*?^```$/gms, "");
const code = [...new Set(Array.from(prose.matchAll(/`([^`\n]+)`/g), ([, text]) => text!))];
const named = code.filter(
  (text) => /^[\w./-]+$/.test(text) && (text.includes("/") || /\.(ts|tsx|md|json|jsonc|py)$/.test(text)),
);
const tests = code.filter((text) => /^[a-z]+(-[a-z]+){3,}$/.test(text));
const links = [...new Set(Array.from(prose.matchAll(/\]\(([^)]+)\)/g), ([, target]) => target!))];

it("names enough to be checked", () => {
  expect(named.length).toBeGreaterThan(40);
  expect(tests.length).toBeGreaterThan(3);
  expect(links.length).toBeGreaterThan(8);
});

it.each(named)("%s exists", (name) => {
  const end = `/${name.replace(/\/$/, "")}`;
  expect(paths.filter((path) => path.endsWith(end))).not.toEqual([]);
});

it.each(tests)("%s is a test", (name) => {
  expect(paths.filter((path) => path.endsWith(`/${name}.test.ts`))).not.toEqual([]);
});

it.each(links)("the link %s leads to a file", (target) => {
  expect(paths).toContain(new URL(target, "file:///docs/").pathname);
});
