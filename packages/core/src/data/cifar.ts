/**
 * The binary version of CIFAR-10: records of one label byte and three planes of 32×32 bytes, red, green, blue.
 *
 *     record   label, R[0,0] ... R[31,31], G[0,0] ... G[31,31], B[0,0] ... B[31,31]         1 + 3·1024 bytes
 *
 * A. Krizhevsky 2009, "Learning multiple layers of features from tiny images". Pictures stay planar in memory, as
 * stored, and are interleaved when they are read.
 */
import { refuseCompressed } from "./compressed.ts";
import { DataError } from "./data-error.ts";
import { checkRead, type Dataset, type Split } from "./dataset.ts";
import { withEveryNthForValidation } from "./subsets.ts";

const SIDE = 32;
const PLANE = SIDE * SIDE;
const CHANNELS = 3;
const RECORD = 1 + CHANNELS * PLANE;
/** Every so many training pictures one is for validation: fewer would leave none for it. */
const VALIDATION_EVERY = 12;
/** CIFAR-10's classes in the order of their labels. */
export const cifarClassNames = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
] as const;
const CLASSES = cifarClassNames.length;

/** One batch file as a part; {@link Split.read} gives channels last. */
export interface CifarBatch extends Split {
  /** The file it came from, for messages. */
  readonly name: string;
}

/**
 * The records of one batch file, without copying them.
 *
 * @param name what messages call the file.
 * @throws {DataError} when the bytes are not whole records, or a label is above 9.
 */
export function parseCifarBatch(bytes: Uint8Array, name: string): CifarBatch {
  refuseCompressed(bytes, name);
  const length = Math.floor(bytes.length / RECORD);
  if (length === 0 || bytes.length !== length * RECORD) {
    throw new DataError(
      `${name}: expected whole records of ${RECORD} bytes, got ${bytes.length} bytes; get the file again`,
    );
  }
  for (let index = 0; index < length; index++) {
    const label = bytes[index * RECORD]!;
    if (label >= CLASSES) {
      throw new DataError(
        `${name}: expected a label from 0 to ${CLASSES - 1} in record ${index}, got ${label}; get the file again`,
      );
    }
  }
  return {
    name,
    length,
    read(index, target, offset) {
      checkRead(index, length, target, offset, CHANNELS * PLANE);
      const record = index * RECORD;
      for (let channel = 0; channel < CHANNELS; channel++) {
        const plane = record + 1 + channel * PLANE;
        for (let pixel = 0; pixel < PLANE; pixel++) {
          target[offset + pixel * CHANNELS + channel] = bytes[plane + pixel]!;
        }
      }
      return bytes[record]!;
    },
  };
}

/**
 * CIFAR-10 from the batches that are there, 32×32×3, 256 levels, ten classes. Every twelfth training picture is
 * validation.
 *
 * @throws {DataError} without a training batch, or with fewer than 12 training pictures.
 */
export function cifarDataset(trainBatches: readonly Split[], testBatch: Split): Dataset {
  if (trainBatches.length === 0) {
    throw new DataError("cifar10: expected at least 1 training batch, got 0; get data_batch_1.bin");
  }
  const all = concatenate(trainBatches);
  if (all.length < VALIDATION_EVERY) {
    throw new DataError(
      `cifar10: expected at least ${VALIDATION_EVERY} training pictures, got ${all.length}; get data_batch_1.bin again`,
    );
  }
  return {
    name: "cifar10",
    height: SIDE,
    width: SIDE,
    channels: CHANNELS,
    levels: 256,
    classes: CLASSES,
    classNames: cifarClassNames,
    ...withEveryNthForValidation(all, VALIDATION_EVERY),
    test: testBatch,
  };
}

function concatenate(splits: readonly Split[]): Split {
  const length = splits.reduce((sum, split) => sum + split.length, 0);
  return {
    length,
    read(index, target, offset) {
      let within = index;
      for (const split of splits) {
        if (within < split.length) return split.read(within, target, offset);
        within -= split.length;
      }
      throw new RangeError(`expected a picture index from 0 to ${length - 1}, got ${index}`);
    },
  };
}
