/**
 * Licences of everything that is bundled or installed with a package or an app: each must be one that asks for nothing but to be named. With
 * `--out <file>` it writes them all, with their texts, for whoever hosts the gallery.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { run } from "./pack.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Kinds of them that anybody may pass on, with their text. */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Python-2.0",
  "(MIT OR CC0-1.0)",
]);

/** Packages of other kinds, and why they may be there. */
const exceptions: Readonly<Record<string, string>> = {
  "@fontsource-variable/newsreader": "OFL-1.1: a font, passed on with its text",
  "@img/sharp-libvips-": "LGPL-3.0-or-later: a shared library of its own, which anybody can replace",
  "caniuse-lite": "CC-BY-4.0: data that Next's build reads, in no bundle",
};

/** One package that is installed. */
export interface Licensed {
  readonly name: string;
  readonly versions: readonly string[];
  readonly paths: readonly string[];
  readonly license: string;
}

/** What packages and apps depend on, and what that depends on. */
export async function licensedPackages(): Promise<Licensed[]> {
  const printed = await run("pnpm", ["licenses", "list", "--prod", "--json"], root);
  const byLicence = JSON.parse(printed) as Record<string, Licensed[]>;
  return Object.values(byLicence)
    .flat()
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether one may be there. */
export function isAllowed({ name, license }: Pick<Licensed, "name" | "license">): boolean {
  if (allowed.has(license)) return true;
  return Object.entries(exceptions).some(
    ([known, why]) => name.startsWith(known) && why.startsWith(`${license}:`),
  );
}

/** Each package's name, versions, licence and what text of it lies in its folder. */
async function textOf({ name, versions, license, paths }: Licensed): Promise<string> {
  const folder = paths[0]!;
  const file = (await readdir(folder)).find((one) => /^(licen[sc]e|copying)/i.test(one));
  const text = file === undefined ? "" : `\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
  return `${name} ${versions.join(", ")}\n${license}\n${text}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { out } = parseArgs({ options: { out: { type: "string" } } }).values;
  const found = await licensedPackages();
  const refused = found.filter((one) => !isAllowed(one));
  for (const { name, license } of refused) {
    process.stderr.write(
      `${name}: expected a licence that asks for nothing but to be named, got ${license}; take another package, or say in packaging/src/licences.ts why it may be there\n`,
    );
  }
  if (refused.length > 0) process.exitCode = 1;
  else if (out === undefined) process.stdout.write(`${found.length} packages, each may be passed on\n`);
  else {
    const texts = await Promise.all(found.map(textOf));
    await writeFile(resolve(process.env.INIT_CWD ?? ".", out), texts.join(`\n${"-".repeat(80)}\n\n`));
  }
}
