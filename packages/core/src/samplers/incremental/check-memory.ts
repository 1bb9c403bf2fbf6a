import { OptionError } from "../../errors.ts";

/** What WebAssembly can address, but for a page: an address of its end would be 0 again. */
const MOST_BYTES = 2 ** 32 - 65_536;

const MIB = 2 ** 20;

/**
 * Says what a batch would take before it takes it. Attention keeps every row of its keys and values, so large pictures want much.
 *
 * @param bytes of the whole batch, a model's own numbers included.
 * @throws {OptionError} when no memory holds so many.
 */
export function checkMemory(bytes: number, count: number): void {
  if (bytes <= MOST_BYTES) return;
  const mib = (bytes: number) => Math.ceil(bytes / MIB).toLocaleString("en-US");
  throw new OptionError(
    `expected a batch of at most ${mib(MOST_BYTES)} MiB of activations, got ${count} pictures of ${mib(bytes / count)} MiB each; ` +
      "draw fewer at once",
  );
}
