import { type AmatImages, amatDataset, type Dataset, parseAmat } from "@pixelcnn/core/data";
import type { KnownSet } from "./catalogue.ts";
import { fileAt } from "./find-folder.ts";
import { findOrFetch } from "./find-or-fetch.ts";
import type { DatasetOptions } from "./load-dataset.ts";
import { readPlain } from "./read-file.ts";

/** Larochelle's three files, plain or gzipped. */
export async function loadBinarizedMnist(set: KnownSet, options: DatasetOptions): Promise<Dataset> {
  const folder = await findOrFetch(set, options);
  const [train, validation, test] = set.files;
  const read = async (file: (typeof set.files)[number]): Promise<AmatImages> => {
    const path = fileAt(folder, file.name)!;
    return parseAmat(await readPlain(path, file.bytes), path, { height: 28, width: 28 });
  };
  return amatDataset({
    name: set.name,
    train: await read(train!),
    validation: await read(validation!),
    test: await read(test!),
  });
}
