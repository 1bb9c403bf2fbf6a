import { type LevelArray, levelArray } from "@pixelcnn/core";
import { type Dataset, pictureOf, type Split } from "@pixelcnn/core/data";
import {
  fetchSet,
  knownSet,
  knownSets,
  listDatasets,
  loadDataset,
  type PickedRow,
  parseSize,
  pickByClass,
} from "@pixelcnn/datasets";
import { checkSheet } from "@pixelcnn/drawing";
import { drawDeepSheet, drawSheet, encodePng, visibleScale } from "@pixelcnn/pictures";
import { writeAtomic } from "@pixelcnn/runs";
import { CliError } from "../cli-error.ts";
import { accessFor, placesFor } from "../dataset-access.ts";
import { datasetWithHome } from "../home.ts";
import { fitColumns, tableWidth, wrap } from "../output/columns.ts";
import { levelsText } from "../output/levels-text.ts";
import { isStandardOutput, outputFile } from "../output/output-file.ts";
import { type OutputFlags, outputFor } from "../output/print.ts";
import { didYouMean } from "../output/suggestion.ts";
import { fetchSettings, listSettings, showDefaults, showSettings } from "../settings/datasets-settings.ts";
import { resolveSettings } from "../settings/resolve.ts";

type Flags = OutputFlags & Record<string, unknown>;

/** Column that goes on below itself on a narrow screen. */
const PICTURES = 1;

export async function runList(flags: Flags): Promise<void> {
  const { dataDir } = await resolveSettings(listSettings, { defaults: {}, flags });
  const sets = listDatasets(placesFor(dataDir).folders);
  const rows = sets.map(({ name, pictures, size, downloadBytes }) => [
    name,
    pictures,
    size,
    downloadBytes === 0 ? "" : `${(downloadBytes / 1e6).toFixed(1)} MB`,
  ]);
  const own = [
    ["folder:<dir>", "yours", "any", ""],
    ["idx:<dir>", "yours", "any grey", ""],
    ["npy:<file>", "yours", "any", ""],
    ["codes:<file>", "yours", "any", ""],
  ];
  const notes = [
    ...sets.map(({ licence, place }) => `${place ?? "not here; datasets fetch brings it"} (${licence})`),
    "pictures; subfolders are classes",
    "four idx files",
    "an array of NumPy, [N, H, W] or [N, H, W, C], of 8 or 16 bits",
    "an array of NumPy, [N, H, W], of tiles or of a VQ model's codes",
  ];
  const output = outputFor(flags);
  output.json(sets);
  const table = [["data set", "pictures", "size", "download"], ...rows, ...own];
  const [head, ...lines] = fitColumns(table, tableWidth(), PICTURES);
  output.line(head!);
  // Where a set lies is a path, which a table of columns would make wider than a screen.
  for (const [i, line] of lines.entries())
    output.line([line, ...wrap(notes[i]!, tableWidth(), 2)].join("\n"));
}

export async function runFetch(name: string, flags: Flags): Promise<void> {
  const { dataDir } = await resolveSettings(fetchSettings, { defaults: {}, flags });
  const set = knownSet(name);
  if (set === undefined) {
    const names = Object.values(knownSets).map((known) => known.name);
    throw new CliError(
      `expected a data set to fetch, one of ${names.join(", ")}, got "${name}"${didYouMean(name, names)}`,
    );
  }
  const folder = await fetchSet(
    set,
    placesFor(dataDir).folders,
    accessFor(flags.quiet === true || flags.json === true),
  );
  const output = outputFor(flags);
  output.json({ name, folder });
  output.line(`${name}: ${folder}`);
}

export async function runShow(name: string, flags: Flags): Promise<void> {
  const settings = await resolveSettings(showSettings, { defaults: showDefaults, flags });
  const { dataDir, size, grey, palette, background, columns } = settings;
  const standardOutput = isStandardOutput(settings.out);
  const out = standardOutput ? settings.out : await outputFile("--out", settings.out, ".png");
  const dataset = await loadDataset(datasetWithHome(name), placesFor(dataDir), {
    ...(size !== undefined && { size: parseSize(size) }),
    ...(grey !== undefined && { grey }),
    ...(palette !== undefined && { palette: palette === "yes" }),
    ...(background !== undefined && { background }),
    ...accessFor(flags.quiet === true || flags.json === true),
  });
  const split = dataset[settings.split];
  const rows = pickByClass(dataset, split, columns, settings.rows);
  const picture = pictureOf(dataset);
  const { height, width, channels, levels } = picture;
  const scale = settings.scale ?? visibleScale(picture);
  checkSheet(picture, rows.length * columns, { columns, scale }, "--columns, --rows or --scale");
  const draw = levels > 256 ? drawDeepSheet : drawSheet;
  const png = encodePng(draw(readRows(dataset, split, rows, columns), picture, { columns, scale }));
  if (standardOutput) process.stdout.write(png);
  else await writeAtomic(out, png);
  const output = outputFor(standardOutput ? { quiet: true } : flags);
  const named = rows.map(({ label, indices }) => ({ label, name: nameOf(dataset, label), indices }));
  output.json({ name, ...picture, classes: dataset.classes, pictures: split.length, rows: named, out });
  output.line(
    `${name} ${settings.split}: ${split.length.toLocaleString("en")} pictures of ${width}×${height}${channels === 3 ? " RGB" : ""}, ${levelsText(picture)}: ${out}`,
  );
  if (dataset.classes > 0) output.line(`rows: ${named.map((row) => row.name).join(", ")}`);
}

/** [rows·columns, H, W, C] levels; black where a row is shorter, or as the gaps are where there is no black. */
function readRows(dataset: Dataset, split: Split, rows: readonly PickedRow[], columns: number): LevelArray {
  const size = dataset.height * dataset.width * dataset.channels;
  const pixels = levelArray(dataset.levels, rows.length * columns * size);
  if (dataset.palette && dataset.levels < 256) pixels.fill(dataset.levels);
  rows.forEach(({ indices }, row) => {
    indices.forEach((index, column) => {
      split.read(index, pixels, (row * columns + column) * size);
    });
  });
  return pixels;
}

function nameOf({ classNames }: Dataset, label: number | null): string {
  return label === null ? "" : (classNames?.[label] ?? String(label));
}
