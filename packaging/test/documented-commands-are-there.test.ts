import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../src/pack.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

async function trackedFiles(...patterns: string[]): Promise<string[]> {
  return (await run("git", ["ls-files", ...patterns], root)).trim().split("\n");
}

/** Names of the scripts of every package of the workspace, by its folder; the root's is ".". */
const scripts = new Map<string, string[]>();
const folders = new Map<string, string>();
/** What each of them runs. */
const lines: string[] = [];
for (const file of await trackedFiles("package.json", "*/package.json")) {
  const manifest = JSON.parse(await readFile(join(root, file), "utf8"));
  scripts.set(dirname(file), Object.keys(manifest.scripts ?? {}));
  lines.push(...(Object.values(manifest.scripts ?? {}) as string[]));
  folders.set(manifest.name.replace("@pixelcnn/", ""), dirname(file));
}

/** Commands of pnpm itself, which come before a script of that name; `test` and `start` are scripts by another way. */
const builtIn = Array.from(
  (await run("pnpm", ["help", "-a"], root)).matchAll(/^ {2,4}(?:[a-z]+,| ) +?([a-z-]+) {2}/gm),
  ([, name]) => name!,
).filter((name) => name !== "test" && name !== "start");

/** What pnpm commands are built in and used as such. */
const used = ["audit", "exec", "install"];

/** Each command of pnpm in a document: lines of blocks of shell, and code between words. */
async function commandsOf(document: string): Promise<string[]> {
  const text = await readFile(join(root, document), "utf8");
  const blocks = Array.from(text.matchAll(/^```(?:sh|bash)\n(.*?)^```$/gms), ([, block]) => block!);
  const inline = Array.from(text.replace(/^```.*?^```$/gms, "").matchAll(/`([^`]+)`/g), ([, code]) => code!);
  return [...blocks.flatMap((block) => block.split("\n")), ...inline]
    .map((line) => line.replace(/^(?:[A-Z_]+=\S+ )*/, "").trim())
    .filter((line) => line.startsWith("pnpm "));
}

/** What is wrong with one, if anything is. */
function fault(command: string, document: string): string | undefined {
  const words = command.split(/\s+/).slice(1);
  let places = [".", dirname(document)];
  while (words[0]?.startsWith("-")) {
    const [flag, value] = words.shift()!.split("=");
    if (flag !== "--filter") continue;
    const name = (value ?? words.shift()!).replace("@pixelcnn/", "");
    const folder = folders.get(name);
    if (folder === undefined) return `no package is called ${name}`;
    places = [folder];
  }
  const isRun = words[0] === "run";
  const word = words[isRun ? 1 : 0];
  if (word === undefined || word.startsWith("<") || word === "…") return undefined;
  if (!isRun && builtIn.includes(word))
    return used.includes(word) ? undefined : `pnpm has a ${word} of its own`;
  // `setup:<backend>` stands for several.
  const known = places.flatMap((folder) => scripts.get(folder) ?? []);
  const start = word.split("<")[0]!;
  const isThere =
    start === word ? [...known, "changeset"].includes(word) : known.some((one) => one.startsWith(start));
  return isThere ? undefined : `there is no script ${word}`;
}

test("every command of pnpm that a document names is one of this workspace", async () => {
  expect(builtIn).toEqual(expect.arrayContaining(["pack", "publish", "install"]));
  const faults: string[] = [];
  let commands = 0;
  for (const document of await trackedFiles("*.md")) {
    for (const command of await commandsOf(document)) {
      commands++;
      const found = fault(command, document);
      if (found !== undefined) faults.push(`${document}: ${command}: ${found}`);
    }
  }
  expect(faults).toEqual([]);
  expect(commands).toBeGreaterThan(100);
});

test("what scripts run is known to the shell of every system", () => {
  expect(lines.length).toBeGreaterThan(50);
  // Windows' sets variables otherwise, and has other commands for files.
  const posix = lines.filter((line) => /(?:^|(?:&&|;) *)(?:[A-Z_]+=|(?:rm|cp|mv|mkdir|export) )/.test(line));
  expect(posix).toEqual([]);
});
