/**
 * Parts of a part. Stored sets are not in random order (the first 2,000 pictures of binarised MNIST's test set are some
 * 14 nats easier than the average), so every subset here is spread evenly over the whole.
 */
import { DataError } from "./data-error.ts";
import type { Split } from "./dataset.ts";

/**
 * `count` pictures evenly spaced through the part: picture i is number ⌊i·N / count⌋ of its N. The whole part when
 * `count` ≥ N. Fresh pictures of later epochs are thinned in the same way.
 *
 * @throws {DataError} when `count` is not a whole number of at least 1.
 */
export function limitSplit(split: Split, count: number): Split {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new DataError(
      `expected a limit that is a whole number of at least 1, got ${count}; choose another`,
    );
  }
  if (count >= split.length) return split;
  const limited = pick(split, count, (i) => Math.floor((i * split.length) / count));
  if (split.atEpoch === undefined) return limited;
  return { ...limited, atEpoch: (epoch) => limitSplit(split.atEpoch!(epoch), count) };
}

/**
 * Sets every `n`th picture aside for validation: numbers n - 1, 2n - 1, ... of a training part whose set brings no
 * validation part of its own. The training part left over keeps its order, and has the same pictures every epoch.
 *
 * @throws {DataError} when `n` is not a whole number of at least 2.
 */
export function withEveryNthForValidation(train: Split, n: number): { train: Split; validation: Split } {
  if (!Number.isSafeInteger(n) || n < 2) {
    throw new DataError(`expected every 2nd or later picture for validation, got every ${n}; choose another`);
  }
  const validationLength = Math.floor(train.length / n);
  return {
    train: pick(train, train.length - validationLength, (i) => i + Math.floor(i / (n - 1))),
    validation: pick(train, validationLength, (i) => i * n + n - 1),
  };
}

function pick(split: Split, length: number, at: (i: number) => number): Split {
  return {
    length,
    read(index, target, offset) {
      if (!(index < length))
        throw new RangeError(`expected a picture index from 0 to ${length - 1}, got ${index}`);
      return split.read(at(index), target, offset);
    },
  };
}
