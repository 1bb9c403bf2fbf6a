import { OptionError } from "../errors.ts";
import type { NetworkBuilder } from "../network/builder.ts";
import { hingeDistances } from "../network/hinge-features.ts";
import { pointwiseOwnGroup } from "../network/taps.ts";
import { checkWhole, type PresetOptions } from "./options.ts";

/**
 * Adds the picture as a preset's first layer reads it: the values themselves, what a learned table says of each, or their hinges.
 *
 * @returns the name of the node.
 * @throws {OptionError} for a table of no or too many columns, and for a table and hinges at once.
 */
export function readPicture(
  net: NetworkBuilder,
  { embedding, hinges = false }: Pick<PresetOptions, "embedding" | "hinges">,
): string {
  const input = net.input();
  if (hinges && embedding !== undefined) {
    throw new OptionError(
      "expected hinges or an embedding, got both; hinges are for levels in order, choose one",
    );
  }
  if (hinges) return throughHinges(net, input);
  if (embedding === undefined) return input;
  checkWhole("the numbers of an embedding", embedding, 1, 4096);
  return net.embedding("embedding", input, embedding);
}

/** The hinges of every picture channel, each from its own channel alone; training gives them their start. */
function throughHinges(net: NetworkBuilder, input: string): string {
  const channels = 2 * hingeDistances(net.picture.levels).length * net.groupCount;
  const taps = pointwiseOwnGroup(net.groupCount);
  return net.relu("hinges.relu", net.convolution("hinges", input, { channels, taps }));
}
