import { type AmatPictures, amatDataset, type Dataset, parseAmat } from "@pixelcnn/core/data";
import type { KnownSet } from "../catalogue/known-sets.ts";
import { readPlain } from "../files/read-file.ts";
import { fileAt } from "../places/data-places.ts";

/** Larochelle's three files, plain or gzipped. */
export async function loadBinarizedMnist(set: KnownSet, folder: string): Promise<Dataset> {
  const [train, validation, test] = set.files;
  const read = async (file: (typeof set.files)[number]): Promise<AmatPictures> => {
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
