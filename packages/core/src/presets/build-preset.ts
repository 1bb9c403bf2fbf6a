import { OptionError } from "../errors.ts";
import type { Network } from "../network/graph.ts";
import { diagonalBilstm } from "./diagonal-bilstm.ts";
import { type GatedOptions, gated } from "./gated.ts";
import { type LocalOptions, local } from "./local.ts";
import { naive } from "./naive.ts";
import type { PresetOptions } from "./options.ts";
import { pixelcnn } from "./pixelcnn.ts";
import { type PixelCnnPlusPlusOptions, pixelcnnPlusPlus } from "./pixelcnn-plus-plus.ts";
import { rowLstm } from "./row-lstm.ts";
import { type SnailOptions, snail } from "./snail.ts";

/** The presets by name. */
export const presets = {
  /** See {@link naive}. */
  naive,
  /** See {@link pixelcnn}. */
  pixelcnn,
  /** See {@link gated}. */
  gated,
  /** See {@link pixelcnnPlusPlus}. */
  "pixelcnn++": pixelcnnPlusPlus,
  /** See {@link local}. */
  local,
  /** See {@link snail}. */
  snail,
  /** See {@link rowLstm}. */
  "row-lstm": rowLstm,
  /** See {@link diagonalBilstm}. */
  "diagonal-bilstm": diagonalBilstm,
} as const;

/** Name of a preset. */
export type PresetName = keyof typeof presets;

/** Options of every preset together. */
export type AllPresetOptions = GatedOptions & LocalOptions & PixelCnnPlusPlusOptions & SnailOptions;

/** The presets that have a use for an option that not all have. */
const usedBy = {
  dilations: ["gated", "pixelcnn++"],
  planes: ["pixelcnn++", "local", "snail"],
  heads: ["snail"],
  window: ["local"],
} as const satisfies {
  readonly [Option in Exclude<keyof AllPresetOptions, keyof PresetOptions>]: readonly PresetName[];
};

/**
 * Builds a preset by name. Options that a preset has no use for are refused.
 *
 * @throws {OptionError} for an unknown name or an option out of range.
 */
export function buildPreset(name: PresetName, options: AllPresetOptions): Network {
  if (!Object.hasOwn(presets, name)) {
    throw new OptionError(
      `expected a model that is one of ${Object.keys(presets).join(", ")}, got "${name}"`,
    );
  }
  for (const [option, users] of Object.entries(usedBy) as [keyof typeof usedBy, readonly PresetName[]][]) {
    if (users.includes(name) || options[option] === undefined) continue;
    const models =
      users.length === 1
        ? `the ${users[0]} model`
        : `the models ${users.slice(0, -1).join(", ")} and ${users.at(-1)}`;
    throw new OptionError(`expected ${option} with ${models} only, got it with ${name}; leave it out`);
  }
  return presets[name](options);
}
