import type { NetworkBuilder } from "../network/builder.ts";
import { checkWhole, type PresetOptions } from "./options.ts";

/**
 * Adds the picture as a preset's first layer reads it: the values themselves, or what a learned table says of each.
 *
 * @returns the name of the node.
 * @throws {OptionError} for a table of no or too many columns.
 */
export function readPicture(net: NetworkBuilder, { embedding }: Pick<PresetOptions, "embedding">): string {
  const input = net.input();
  if (embedding === undefined) return input;
  checkWhole("the numbers of an embedding", embedding, 1, 4096);
  return net.embedding("embedding", input, embedding);
}
