/** A model's most and least surprising test pictures, where models/ has them, with those of its card. */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RealPicture, TestPictureFile } from "../src/state/models/test-pictures.ts";

/**
 * @param model the model file.
 * @returns the name of the copy; null when there are none, or those of another model, which would be wrong.
 */
export async function copyTestPictures(
  name: string,
  model: Uint8Array,
  real: readonly RealPicture[],
  folders: { readonly source: string; readonly target: string },
): Promise<string | null> {
  const file = `${name}.pictures.json`;
  const text = await readFile(join(folders.source, file), "utf8").catch(() => null);
  if (text === null) return null;
  const pictures = JSON.parse(text) as TestPictureFile;
  if (pictures.model !== createHash("sha256").update(model).digest("hex")) {
    process.stderr.write(
      `models/${file} is of another ${name}: left out; run pnpm --filter cli surprising-pictures ${name}\n`,
    );
    return null;
  }
  await writeFile(
    join(folders.target, file),
    JSON.stringify({ ...pictures, real } satisfies TestPictureFile),
  );
  return file;
}
