/** What is compared: a preset, its likelihood, what it learns from and by which rule, as wide as a number of weights allows. */
import {
  type AllPresetOptions,
  buildPreset,
  countWeights,
  type Network,
  type PresetName,
  presets,
} from "@pixelcnn/core";
import { type BatchKind, type OptimiserName, optimiserNames } from "@pixelcnn/core/training";
import { InvalidArgumentError } from "commander";

export interface Contender {
  /** As it was written. */
  readonly name: string;
  readonly preset: PresetName;
  readonly trainOn: BatchKind;
  /** Components of a mixture; null for the likelihood that the levels ask for. */
  readonly components: number | null;
  readonly optimiser: OptimiserName;
  /** Highest learning rate; null for that of all. */
  readonly learningRate: number | null;
}

/** How a contender is written. */
export const CONTENDER = `<preset>[/mixture<n>][@pixels][:${optimiserNames.join("|")}][:<learning rate>]`;
const WRITTEN =
  /^(?<preset>[\w+-]+)(?:\/mixture(?<components>\d*))?(?<pixels>@pixels)?(?::(?<optimiser>[a-z]+))?(?::(?<rate>[\d.e-]+))?$/;
const USUAL_COMPONENTS = 10;
const MOST_CHANNELS = 2048;

/** "gated", "pixelcnn++", "gated/mixture", "gated/mixture5", "row-lstm", "local@pixels", "gated:muon", "gated:adam:0.004". */
export function parseContender(name: string): Contender {
  const groups = WRITTEN.exec(name)?.groups;
  const optimiser = optimiserNames.find((known) => known === (groups?.optimiser ?? "adam"));
  const learningRate = groups?.rate === undefined ? null : Number(groups.rate);
  const hasRate = learningRate === null || (Number.isFinite(learningRate) && learningRate > 0);
  if (
    groups === undefined ||
    !Object.hasOwn(presets, groups.preset!) ||
    optimiser === undefined ||
    !hasRate
  ) {
    throw new InvalidArgumentError(
      `expected ${CONTENDER} with a preset of ${Object.keys(presets).join(", ")}, got ${name}`,
    );
  }
  const isMixture = groups.components !== undefined;
  return {
    name,
    preset: groups.preset as PresetName,
    trainOn: groups.pixels === undefined ? "pictures" : "pixels",
    components: isMixture ? Number(groups.components || USUAL_COMPONENTS) : null,
    optimiser,
    learningRate,
  };
}

/** The widest network of a contender that has at most so many weights. */
export function networkOf(
  { preset, components }: Contender,
  options: Omit<AllPresetOptions, "channels" | "likelihood">,
  weights: number,
): Network {
  const likelihood = components === null ? {} : { likelihood: { kind: "mixture", components } as const };
  const build = (channels: number) => buildPreset(preset, { ...options, ...likelihood, channels });
  let [fits, tooWide] = [options.picture.channels, MOST_CHANNELS];
  while (tooWide - fits > 1) {
    const channels = Math.floor((fits + tooWide) / 2);
    if (countWeights(build(channels)) <= weights) fits = channels;
    else tooWide = channels;
  }
  return build(fits);
}
