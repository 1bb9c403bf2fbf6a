/** CIFAR-10 from the unpacked folder of its binary version, from batches that are gzipped, or out of the archive itself. */
import { stat } from "node:fs/promises";
import { type CifarBatch, cifarDataset, type Dataset, parseCifarBatch } from "@pixelcnn/core/data";
import type { DatasetOptions } from "../dataset-options.ts";
import { DatasetsError } from "../datasets-error.ts";
import { readPlain } from "../files/read-file.ts";
import { chunksOf, readTarFiles } from "../files/tar-files.ts";
import { fileAt } from "../places/data-places.ts";
import { archiveIn, TEST_BATCH, TRAINING_BATCHES } from "./cifar-files.ts";

const BATCH_BYTES = 10_000 * 3073;
/** The six batches and what lies beside them: a page of text, names of classes, tar's own blocks. */
const ARCHIVE_BYTES = 6 * BATCH_BYTES + 2 ** 20;

/** Absent training batches are told to `warn`; the set is what is there. */
export async function loadCifar(folder: string, { warn }: Pick<DatasetOptions, "warn">): Promise<Dataset> {
  const unpacked = TRAINING_BATCHES.some((file) => fileAt(folder, file) !== null);
  const batches = unpacked ? await readFolder(folder) : await readArchive(archiveIn(folder)!);
  const test = batches.get(TEST_BATCH);
  if (test === undefined)
    throw new DatasetsError(`${folder}: expected ${TEST_BATCH}, found none; put it there`);
  const absent = TRAINING_BATCHES.filter((file) => !batches.has(file));
  if (absent.length > 0) {
    warn?.(
      `cifar10: ${absent.join(", ")} absent from ${folder}; going on with ${TRAINING_BATCHES.length - absent.length} of ${TRAINING_BATCHES.length} training batches`,
    );
  }
  return cifarDataset(
    TRAINING_BATCHES.flatMap((file) => batches.get(file) ?? []),
    test,
  );
}

async function readFolder(folder: string): Promise<Map<string, CifarBatch>> {
  const batches = new Map<string, CifarBatch>();
  for (const file of [...TRAINING_BATCHES, TEST_BATCH]) {
    const path = fileAt(folder, file);
    if (path !== null) batches.set(file, parseCifarBatch(await readPlain(path, BATCH_BYTES), path));
  }
  return batches;
}

async function readArchive(path: string): Promise<Map<string, CifarBatch>> {
  const { size } = await stat(path);
  if (size > ARCHIVE_BYTES)
    throw new DatasetsError(`${path}: expected at most ${ARCHIVE_BYTES} bytes, got ${size}; fetch it again`);
  const wanted = new Map([...TRAINING_BATCHES, TEST_BATCH].map((file) => [file, BATCH_BYTES]));
  const files = await readTarFiles(chunksOf(path), path, { wanted, most: ARCHIVE_BYTES });
  return new Map([...files].map(([file, bytes]) => [file, parseCifarBatch(bytes, `${path}: ${file}`)]));
}
