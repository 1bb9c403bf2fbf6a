/**
 * The archives of @sparticuz/chromium, unpacked once into this package's cache. The package's own unpacking shares one folder
 * with all users of the machine and is no good to two processes at once.
 */
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
import { extract } from "tar-stream";

export type Archive = "swiftshader.tar.br" | "chromium.br" | "fonts.tar.br" | "al2023.tar.br";

const require = createRequire(import.meta.url);
const chromium = packageOf(require.resolve("@sparticuz/chromium"));
const cache = fileURLToPath(new URL("../node_modules/.cache/software-gpu", import.meta.url));

/** Unpacks archives side by side. @returns their folder, which stays. */
export async function unpack(...archives: Archive[]): Promise<string> {
  const folder = join(cache, archives.map((archive) => basename(archive).split(".")[0]).join("-"));
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, "unfinished-"));
  try {
    for (const archive of archives) await unpackInto(unfinished, archive);
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

async function unpackInto(folder: string, archive: Archive): Promise<void> {
  const bytes = createReadStream(join(chromium, "bin", archive));
  if (!archive.includes(".tar.")) {
    const target = join(folder, archive.replace(/\.br$/, ""));
    await pipeline(bytes, createBrotliDecompress(), createWriteStream(target, { mode: 0o755 }));
    return;
  }
  const files = extract();
  const piped = pipeline(bytes, createBrotliDecompress(), files);
  for await (const file of files) {
    const { name, type } = file.header;
    const target = join(folder, name);
    if (type === "directory") mkdirSync(target, { recursive: true });
    else {
      mkdirSync(dirname(target), { recursive: true });
      await pipeline(file, createWriteStream(target, { mode: 0o755 }));
    }
    file.resume();
  }
  await piped;
}

function packageOf(file: string): string {
  const folder = dirname(file);
  return folder.endsWith(join("@sparticuz", "chromium")) ? folder : packageOf(folder);
}
