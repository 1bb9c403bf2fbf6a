/** `pnpm --filter packaging sizes`: packs the packages and writes how large their tarballs are into docs/releasing.md. A test holds the table to the tarballs. */
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type PublishedPackage, pack, published } from "./pack.ts";

const page = fileURLToPath(new URL("../../docs/releasing.md", import.meta.url));
const [start, end] = ["<!-- sizes: written by `pnpm --filter packaging sizes` -->", "<!-- end of sizes -->"];

/** Kilobytes of each package's tarball. */
export async function packedSizes(
  tarballs: Readonly<Record<PublishedPackage, string>>,
): Promise<Record<PublishedPackage, number>> {
  const sizes = published.map(async (name) => [name, (await stat(tarballs[name])).size / 1000] as const);
  return Object.fromEntries(await Promise.all(sizes)) as Record<PublishedPackage, number>;
}

/** What the page says they are. */
export async function statedSizes(): Promise<Record<string, number>> {
  const [, table] = split(await readFile(page, "utf8"));
  const rows = table.matchAll(/^\| `@pixelcnn\/([a-z-]+)` +\| +(\d+) \|$/gm);
  return Object.fromEntries(Array.from(rows, ([, name, kilobytes]) => [name!, Number(kilobytes)]));
}

async function writeSizes(sizes: Record<PublishedPackage, number>): Promise<void> {
  const rows = published.map((name) => [`\`@pixelcnn/${name}\``, sizes[name].toFixed(0)] as const);
  const lines = [["package", "kB"], ["", ""], ...rows].map(([name, kilobytes]) => {
    const [left, right] = [name!.padEnd(25), kilobytes!.padStart(3)];
    return name === "" ? `| ${"-".repeat(25)} | --: |` : `| ${left} | ${right} |`;
  });
  const [before, , after] = split(await readFile(page, "utf8"));
  await writeFile(page, `${before}\n\n${lines.join("\n")}\n\n${after}`);
}

/** The page up to the table, the table, and what follows it. */
function split(text: string): [string, string, string] {
  const [from, to] = [text.indexOf(start) + start.length, text.indexOf(end)];
  if (from < start.length || to < from) {
    throw new Error(`expected docs/releasing.md to have the lines ${start} and ${end}; put them back`);
  }
  return [text.slice(0, from), text.slice(from, to), text.slice(to)];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const folder = await mkdtemp(join(tmpdir(), "pixelcnn-sizes-"));
  try {
    await writeSizes(await packedSizes(await pack(folder)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
