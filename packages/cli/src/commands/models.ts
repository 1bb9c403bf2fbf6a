/** `models`: those that have names, and what can be done with one. */
import { copyFile, mkdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { countWeights, type PictureShape } from "@pixelcnn/core";
import { writeAtomic } from "@pixelcnn/runs";
import { CliError } from "../cli-error.ts";
import { invocation } from "../invocation.ts";
import { hubFolder } from "../models/hub-folder.ts";
import { bytesText } from "../output/bytes-text.ts";
import { fitColumns, tableWidth, wrap } from "../output/columns.ts";
import { emptyFolder } from "../output/empty-folder.ts";
import { isOfSome, ofPictures } from "../output/of-pictures.ts";
import { outputFile } from "../output/output-file.ts";
import { paint } from "../output/paint.ts";
import { type OutputFlags, outputFor } from "../output/print.ts";
import { shellQuote } from "../output/shell-quote.ts";
import { modelNames, modelPath } from "../paths.ts";
import { readModel } from "../read-model.ts";
import { userPath } from "../user-path.ts";

/** Column that goes on below itself where a screen has no room for all of them. */
const DATA_SET = 1;

export async function runList(flags: OutputFlags): Promise<void> {
  const models = await Promise.all(
    modelNames().map(async (name) => {
      const { model, provenance } = await readModel(name);
      const { picture, classes } = model.network;
      const { size: bytes } = await stat(modelPath(name));
      return {
        ...{ name, path: modelPath(name), bytes, picture, classes, weights: countWeights(model.network) },
        ...{ dataset: provenance.dataset, test: provenance.test },
      };
    }),
  );
  const output = outputFor(flags);
  output.json(models);
  const table = [
    ["model", "data set", "picture", "levels", "weights", "bits/dim", "size"],
    ...models.map(({ name, dataset, picture, weights, test, bytes }) => {
      const mark = test && isOfSome(test.images, dataset) ? "~" : "";
      return [
        ...[name, dataset, sizeOf(picture), picture.levels.toLocaleString("en")],
        ...[weights.toLocaleString("en"), `${mark}${test?.bitsPerDim.toFixed(4) ?? "–"}`, bytesText(bytes)],
      ];
    }),
  ];
  const [head, ...rows] = fitColumns(table, tableWidth(), DATA_SET);
  output.line(paint("bold", head!));
  for (const row of rows) output.line(row);
  const few = models.flatMap(({ name, dataset, test }) =>
    test && isOfSome(test.images, dataset) ? [`${name} (${ofPictures(test.images, dataset)})`] : [],
  );
  if (few.length === 0) return;
  const note = `~ of some of the test pictures: ${few.join(", ")}; evaluate measures all`;
  for (const line of wrap(note, tableWidth())) output.line(line);
}

export async function runCopy(name: string, to: string, flags: OutputFlags): Promise<void> {
  const from = modelPath(name);
  await readModel(name); // damage is not handed on
  const isFolder = /[/\\]$/.test(to) || (await stat(userPath(to)).catch(() => null))?.isDirectory() === true;
  const wanted = isFolder ? join(to, fileNameOf(name)) : to;
  const target = await outputFile("copy", wanted, ".safetensors");
  if ((await stat(target).catch(() => null))?.isFile())
    throw new CliError(`copy: expected no file at ${target}, got one; name another`);
  await mkdir(dirname(target), { recursive: true });
  await copyFile(from, target);
  const output = outputFor(flags);
  output.json({ from, to: target });
  output.line(`${from} is copied to ${target}`);
}

export async function runExport(
  name: string,
  flags: OutputFlags & { readonly hub?: string; readonly license?: string },
): Promise<void> {
  if (flags.hub === undefined)
    throw new CliError("expected --hub <folder>, the only shape a model is exported in; name a folder");
  const file = await readModel(name);
  const title = fileNameOf(name).replace(/\.safetensors$/, "");
  const files = hubFolder(file, await readFile(modelPath(name)), {
    name: title,
    ...(flags.license !== undefined && { license: flags.license }),
  });
  const folder = await emptyFolder("--hub", flags.hub, "model.safetensors");
  for (const [path, bytes] of Object.entries(files)) await writeAtomic(join(folder, path), bytes);
  const output = outputFor(flags);
  output.json({ folder, files: Object.keys(files) });
  output.line(`${Object.keys(files).join(", ")} in ${folder}`);
  output.line(`try it: ${invocation} generate ${shellQuote(join(folder, "model.safetensors"))} --show`);
  output.line(`share it: hf upload <you>/${title} ${shellQuote(folder)}`);
}

/** What a copy is called: by the name of a model of models/ or of a run, or as the file is. */
function fileNameOf(name: string): string {
  return `${basename(name).replace(/\.safetensors$/, "")}.safetensors`;
}

function sizeOf({ height, width, channels }: PictureShape): string {
  return `${height}×${width}${channels === 1 ? "" : `×${channels}`}`;
}
