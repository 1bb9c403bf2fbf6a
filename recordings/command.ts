/** `pnpm recordings [scene...]`: films the apps at work, all scenes or those that are named, into docs/images/. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { scenes } from "./scenes.ts";

const images = fileURLToPath(new URL("../docs/images/", import.meta.url));
const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(scenes);
const unknown = names.find((name) => !Object.hasOwn(scenes, name));
if (unknown !== undefined) {
  process.stderr.write(
    `expected some of ${Object.keys(scenes).join(", ")}, got ${unknown}; name one of them\n`,
  );
  process.exit(2);
}
for (const name of names) {
  const folder = await mkdtemp(join(tmpdir(), "pixelcnn-"));
  try {
    const { film } = await scenes[name]!(folder);
    const path = join(images, `${name}.svg`);
    await writeFile(path, film.toSvg());
    process.stdout.write(`${path}: ${film.length} frames\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
