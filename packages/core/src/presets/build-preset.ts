import { OptionError } from "../errors.ts";
import type { Network } from "../network/graph.ts";
import { type GatedOptions, gated } from "./gated.ts";
import { naive } from "./naive.ts";
import { pixelcnn } from "./pixelcnn.ts";

/** The presets by name. */
export const models = {
  /** See {@link naive}. */
  naive,
  /** See {@link pixelcnn}. */
  pixelcnn,
  /** See {@link gated}. */
  gated,
} as const;

/** Name of a preset. */
export type ModelName = keyof typeof models;

/**
 * Builds a preset by name. Options that a preset has no use for are refused.
 *
 * @throws {OptionError} for an unknown name or an option out of range.
 */
export function buildModel(name: ModelName, options: GatedOptions): Network {
  if (!Object.hasOwn(models, name)) {
    throw new OptionError(`expected a model that is one of ${Object.keys(models).join(", ")}, got "${name}"`);
  }
  for (const option of ["dilations", "ramps"] as const) {
    if (name === "gated" || options[option] === undefined) continue;
    throw new OptionError(
      `expected ${option} with the gated model only, got them with ${name}; leave them out`,
    );
  }
  return models[name](options);
}
