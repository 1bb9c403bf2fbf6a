import { OptionError } from "../errors.ts";
import type { Network } from "../network/graph.ts";
import { type GatedOptions, gated } from "./gated.ts";
import { naive } from "./naive.ts";
import { pixelcnn } from "./pixelcnn.ts";

/** The presets by name. */
export const presets = {
  /** See {@link naive}. */
  naive,
  /** See {@link pixelcnn}. */
  pixelcnn,
  /** See {@link gated}. */
  gated,
} as const;

/** Name of a preset. */
export type PresetName = keyof typeof presets;

/**
 * Builds a preset by name. Options that a preset has no use for are refused.
 *
 * @throws {OptionError} for an unknown name or an option out of range.
 */
export function buildPreset(name: PresetName, options: GatedOptions): Network {
  if (!Object.hasOwn(presets, name)) {
    throw new OptionError(
      `expected a model that is one of ${Object.keys(presets).join(", ")}, got "${name}"`,
    );
  }
  for (const option of ["dilations", "hinges"] as const) {
    if (name === "gated" || options[option] === undefined) continue;
    throw new OptionError(
      `expected ${option} with the gated model only, got them with ${name}; leave them out`,
    );
  }
  return presets[name](options);
}
