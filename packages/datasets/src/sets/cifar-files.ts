/** What the files of CIFAR-10's binary version are called. */
import { existsSync } from "node:fs";
import { join } from "node:path";

export const TRAINING_BATCHES = [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`);
export const TEST_BATCH = "test_batch.bin";

/** The archive with all of them in a folder; null when there is none. */
export function archiveIn(folder: string): string | null {
  return (
    ["cifar-10-binary.tar.gz", "cifar-10-binary.tar"].map((file) => join(folder, file)).find(existsSync) ??
    null
  );
}
