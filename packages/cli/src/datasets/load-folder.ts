/**
 * A directory of image files as a data set. Subfolders are classes. Where the directory holds `train` and `test` (and perhaps
 * `validation`), those are the parts; else every tenth image of every class is for testing and every tenth for validation.
 */
import { existsSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { type Dataset, type Pictures, picturesDataset } from "@pixelcnn/core/data";
import { CliError } from "../cli-error.ts";
import { progressBar } from "../output/progress.ts";
import { userPath } from "../paths.ts";
import { decodeImage, type ImageFormat } from "./decode-image.ts";
import { findImages, type ImageFile } from "./image-files.ts";
import type { DatasetOptions } from "./load-dataset.ts";

/** Pixels of a side where nobody says otherwise. */
const SIDE = 32;
/** Most bytes of all pictures together: they stay in memory. */
const MOST_BYTES = 4 * 2 ** 30;
/** Images decoded at the same time; each may take a few hundred megabytes while it is. */
const AT_ONCE = 2;

export async function loadFolder(path: string, options: DatasetOptions): Promise<Dataset> {
  const folder = userPath(path);
  const { size = { height: SIDE, width: SIDE }, grey = false, quiet = false } = options;
  const format = { ...size, channels: grey ? 1 : 3 } as const;
  const [trainFolder, testFolder] = ["train", "test"].map((part) => partFolder(folder, part));
  const validationFolder = partFolder(folder, "validation");
  const divided = trainFolder !== null && testFolder !== null;
  const train = await findImages(divided ? trainFolder! : folder);
  const classNames = train.classNames.length > 1 ? train.classNames : [];
  const read = (files: readonly ImageFile[]) => decodeAll(files, format, quiet);
  const others = async (part: string | null) =>
    part === null ? null : read((await findImages(part, train.classNames)).files);
  const test = divided ? await others(testFolder!) : null;
  const validation = divided ? await others(validationFolder) : null;
  return picturesDataset({
    name: basename(folder),
    ...format,
    classNames,
    train: await read(train.files),
    ...(validation && { validation }),
    ...(test && { test }),
  });
}

function partFolder(folder: string, part: string): string | null {
  const path = join(folder, part);
  return existsSync(path) && statSync(path).isDirectory() ? path : null;
}

async function decodeAll(
  files: readonly ImageFile[],
  format: ImageFormat,
  quiet: boolean,
): Promise<Pictures> {
  const size = format.height * format.width * format.channels;
  if (files.length * size > MOST_BYTES) {
    throw new CliError(
      `expected pictures of at most ${MOST_BYTES} bytes together, got ${files.length} of ${size}; choose a smaller --size or fewer images`,
    );
  }
  const pixels = new Uint8Array(files.length * size);
  const progress = progressBar("reading", quiet);
  let next = 0;
  const worker = async () => {
    while (next < files.length) {
      const index = next++;
      const { path } = files[index]!;
      pixels.set(await decodeImage(path, path, format), index * size);
      progress.update((index + 1) / files.length, `${index + 1}/${files.length} images`);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    next = files.length;
    progress.clear();
  }
  return { pixels, labels: Uint8Array.from(files, ({ label }) => label) };
}
