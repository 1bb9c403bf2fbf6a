import { readFile, stat } from "node:fs/promises";
import { decodePxc, readPxcHeader } from "@pixelcnn/core";
import { CliError } from "../cli-error.ts";
import { findModel } from "../compression/find-model.ts";
import { naming } from "../compression/naming.ts";
import { picturesText } from "../compression/pictures-text.ts";
import { placeFor, writePictures } from "../compression/write-pictures.ts";
import { isStandardOutput } from "../output/output-file.ts";
import { type OutputFlags, outputFor } from "../output/print.ts";
import { progressBar } from "../output/progress.ts";
import { readModel } from "../read-model.ts";
import { decompressSettings } from "../settings/compression-settings.ts";
import { resolveSettings } from "../settings/resolve.ts";
import { userPath } from "../user-path.ts";

/** Longest file that is read; pictures of the most values take less. */
const MAX_BYTES = 2 ** 30;

export async function runDecompress(
  input: string,
  flags: OutputFlags & Record<string, unknown>,
): Promise<void> {
  const settings = await resolveSettings(decompressSettings, { defaults: {}, flags });
  const path = userPath(input);
  const bytes = await readPxc(path);
  const named = settings.modelFile === undefined ? null : await readModel(settings.modelFile);
  const progress = progressBar("decompressing", flags.quiet === true || flags.json === true);
  const started = performance.now();
  const { place, pictures, palette } = await naming(path, async () => {
    const header = readPxcHeader(bytes);
    const model = named?.model ?? (await findModel(path, header));
    const place = await placeFor(settings.out, path, header);
    const onProgress = (share: number) =>
      progress.update(share, `${Math.floor(share * header.count)} of ${picturesText(header.count)}`);
    const { palette } = model.network.picture;
    return { place, palette, pictures: await decodePxc(model, bytes, { onProgress }) };
  });
  progress.clear();
  const elapsedMs = performance.now() - started;
  await writePictures(place, pictures, palette);
  const { count, labels } = pictures;
  const output = outputFor(isStandardOutput(place.path) ? { quiet: true } : flags);
  output.json({ pictures: count, labels, elapsedMs, out: place.path });
  output.line(`${picturesText(count)}, ${(elapsedMs / count).toFixed(1)} ms each: ${place.path}`);
  if (place.kind === "npy" && labels !== null)
    output.line("their labels are not in it: a name that ends in .npz keeps both");
}

async function readPxc(path: string): Promise<Uint8Array> {
  const there = await stat(path).catch(() => null);
  if (!there?.isFile()) {
    const found = there?.isDirectory() ? "a folder" : "none";
    throw new CliError(`expected a .pxc file at ${path}, found ${found}; name another`);
  }
  if (there.size > MAX_BYTES)
    throw new CliError(`${path}: expected at most ${MAX_BYTES} bytes, got ${there.size}`);
  return readFile(path);
}
