import { basename, extname } from "node:path";
import { cheapestLabels, encodePxc } from "@pixelcnn/core";
import { writeAtomic } from "@pixelcnn/runs";
import { CliError } from "../cli-error.ts";
import { naming } from "../compression/naming.ts";
import { picturesForModel } from "../compression/pictures-for-model.ts";
import { picturesText } from "../compression/pictures-text.ts";
import { readInput } from "../compression/read-input.ts";
import { isThere } from "../output/is-there.ts";
import { isStandardOutput, outputFile } from "../output/output-file.ts";
import { type OutputFlags, outputFor } from "../output/print.ts";
import { progressBar } from "../output/progress.ts";
import { readModel } from "../read-model.ts";
import { compressDefaults, compressSettings } from "../settings/compression-settings.ts";
import { resolveSettings } from "../settings/resolve.ts";
import { userPath } from "../user-path.ts";

export async function runCompress(
  input: string,
  flags: OutputFlags & Record<string, unknown>,
): Promise<void> {
  const settings = await resolveSettings(compressSettings, { defaults: compressDefaults, flags });
  const wanted = settings.out ?? `${basename(input, extname(input))}.pxc`;
  const toStandardOutput = isStandardOutput(wanted);
  const out = toStandardOutput ? wanted : await outputFile("--out", wanted, ".pxc");
  if (settings.out === undefined && (await isThere(wanted))) {
    throw new CliError(`expected no file at ${out} yet, got one, which may hold other pictures; name --out`);
  }
  const { model } = await readModel(settings.modelFile);
  const { picture, classes } = model.network;
  const path = userPath(input);
  const given = await readInput(path, picture, settings.class === undefined ? classes : 0);
  const pictures = picturesForModel(given, model.network);
  const progress = progressBar("compressing", flags.quiet === true || flags.json === true);
  const started = performance.now();
  const known = settings.class ?? given.labels ?? undefined;
  const seeks = classes > 0 && known === undefined;
  const passes = seeks ? classes + 1 : 1;
  const tell = (from: number, to: number) => (share: number) =>
    progress.update(
      (from + share * (to - from)) / passes,
      `${Math.floor(share * given.count)} of ${given.count} pictures`,
    );
  const bytes = await naming(path, async () => {
    const classLabel = seeks
      ? await cheapestLabels(model, pictures, { onProgress: tell(0, classes) })
      : known;
    return encodePxc(model, pictures, {
      ...(classLabel !== undefined && { classLabel }),
      onProgress: tell(passes - 1, passes),
    });
  });
  progress.clear();
  const elapsedMs = performance.now() - started;
  if (toStandardOutput) process.stdout.write(bytes);
  else await writeAtomic(out, bytes);
  const bitsPerDim = (8 * bytes.length) / given.values.length;
  const output = outputFor(toStandardOutput ? { quiet: true } : flags);
  output.json({ pictures: given.count, bytes: bytes.length, bitsPerDim, elapsedMs, out });
  output.line(
    `${picturesText(given.count)}, ${bytes.length} bytes, ${bitsPerDim.toFixed(4)} bits/dim, ${(elapsedMs / given.count).toFixed(1)} ms each: ${out}`,
  );
}
