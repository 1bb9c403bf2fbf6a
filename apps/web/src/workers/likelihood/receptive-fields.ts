/** The receptive field of a model's network beside those of the presets at the same picture size. Needs core: for the worker. */
import { buildPreset, type Network, type Offset, receptiveField } from "@pixelcnn/core";
import type { Field, Place } from "./prediction.ts";

/** One layer of cells sees all that cells see. */
const PRESETS = [
  ["naive"],
  ["pixelcnn"],
  ["gated"],
  ["row-lstm", { layers: 1 }],
  ["diagonal-bilstm", { layers: 1 }],
] as const;

export function receptiveFields(network: Network): Field[] {
  const { picture } = network;
  // What is seen does not depend on the number of channels: the fewest are enough, which are two of a colour where half of them are cells.
  const channels = 2 * picture.channels;
  const presets = PRESETS.map(
    ([name, options]) => [name, buildPreset(name, { picture, channels, ...options })] as const,
  );
  return [["model", network] as const, ...presets].map(([name, one]) => ({ network: name, ...fieldOf(one) }));
}

/** Of the last channel, which sees most; a pixel is seen when one of its channels is. */
function fieldOf(network: Network): Pick<Field, "seen" | "blindSpot"> {
  const { seen, blindSpot } = receptiveField(network, network.picture.channels - 1);
  const sees = places(seen.filter(({ dy, dx }) => dy !== 0 || dx !== 0));
  const isSeen = new Set(sees.map(String));
  const blind = places(blindSpot.filter(({ dy, dx }) => dy !== 0 || dx !== 0));
  return { seen: sees, blindSpot: blind.filter((place) => !isSeen.has(String(place))) };
}

/** Channels of one pixel become one place. */
function places(offsets: readonly Offset[]): Place[] {
  const unique = new Map(offsets.map(({ dy, dx }) => [`${dy},${dx}`, [dy, dx] as const]));
  return [...unique.values()];
}
