/** Counts of processors to which a measurement is pinned, from the command line. */
import { availableParallelism } from "node:os";
import { InvalidArgumentError } from "commander";

/** One and two, where there are two. */
export function someProcessors(): number[] {
  return Array.from({ length: Math.min(2, availableParallelism()) }, (_, index) => index + 1);
}

/** @throws {InvalidArgumentError} for more than there are */
export function countsOf(text: string): number[] {
  const most = availableParallelism();
  return text.split(",").map((part) => {
    const count = wholeOf(part);
    if (count <= most) return count;
    throw new InvalidArgumentError(`expected 1 to ${most} processors, as many as there are, got ${count}`);
  });
}

/** @throws {InvalidArgumentError} for anything but a whole number from 1 */
export function wholeOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`expected a whole number from 1, got ${text}`);
}
