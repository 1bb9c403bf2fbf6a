import type { PresetOptions } from "@pixelcnn/core";
import { CliError } from "../cli-error.ts";
import type { TrainSettings } from "../settings/train-settings.ts";

/** Salimans et al. 2017, arXiv:1701.05517: five are nearly as good. */
const COMPONENTS = 10;

/**
 * The likelihood that settings ask for, as an option of a preset.
 *
 * @throws {CliError} for components of anything but a mixture.
 */
export function chosenLikelihood({
  likelihood,
  components,
}: Partial<TrainSettings>): Pick<PresetOptions, "likelihood"> {
  if (components !== undefined && likelihood !== "mixture") {
    throw new CliError(
      `--components: expected them with --likelihood mixture only, got ${components} for ${likelihood ?? "the default"}; leave them out`,
    );
  }
  if (likelihood === undefined) return {};
  if (likelihood !== "mixture") return { likelihood: { kind: likelihood } };
  return { likelihood: { kind: likelihood, components: components ?? COMPONENTS } };
}
