/** Settings that the model of --init-from brings itself: who names one beside it must mean the same. */
import { isDeepStrictEqual } from "node:util";
import { buildPreset, likelihoodOf, type ModelFile } from "@pixelcnn/core";
import { parseSize } from "@pixelcnn/datasets";
import { CliError } from "../cli-error.ts";
import { flagOf } from "../settings/flags.ts";
import { type TrainSettings, trainDefaults } from "../settings/train-settings.ts";
import { chosenEmbedding } from "./chosen-embedding.ts";
import { chosenLikelihood } from "./chosen-likelihood.ts";

/** What the network is built of; one cannot tell them from a network, but build one of them and compare. */
const networkSettings = [
  "model",
  "channels",
  "layers",
  "dilations",
  "hinges",
  "window",
  "planes",
  "heads",
  "embedding",
  "likelihood",
  "components",
  "dropout",
] as const;

/** All that has no meaning in a run whose network is given. */
export const settingsOfModel = [...networkSettings, "levels", "classes", "binarise"] as const;

/**
 * @param named settings that somebody chose, without defaults.
 * @throws {CliError} naming those that contradict the model.
 */
export function checkBesideInitFrom(named: Partial<TrainSettings>, { model, preparation }: ModelFile): void {
  const { network } = model;
  const { picture, classes } = network;
  const size = named.size === undefined ? null : parseSize(named.size);
  const own: [keyof TrainSettings, unknown, boolean][] = [
    ["levels", picture.levels, named.levels === picture.levels],
    ["classes", classes, named.classes === classes],
    ["binarise", preparation.binarise ?? "none", named.binarise === preparation.binarise],
    [
      "size",
      `${picture.width}x${picture.height}`,
      size?.width === picture.width && size.height === picture.height,
    ],
    ["grey", picture.channels === 1, named.grey === (picture.channels === 1)],
    [
      "palette",
      picture.palette ? "yes" : "no",
      (named.palette === "yes") === (picture.palette !== undefined),
    ],
  ];
  for (const [key, value, agrees] of own) {
    if (named[key] === undefined || agrees) continue;
    throw new CliError(
      `${flagOf(key)}: expected ${value}, which the model of --init-from has, got ${named[key]}; leave it out`,
    );
  }
  const building = networkSettings.filter((key) => named[key] !== undefined);
  if (building.length === 0) return;
  const {
    model: name,
    channels,
    layers,
    dropout,
    dilations,
    hinges,
    window,
    planes,
    heads,
  } = { ...trainDefaults, ...named };
  const built = buildPreset(name, {
    ...{ picture, classes, channels, layers, dropout },
    ...(dilations && { dilations }),
    ...(hinges && { hinges }),
    ...(window && { window }),
    ...(planes && { planes }),
    ...(heads && { heads }),
    ...chosenEmbedding(named, picture),
    ...chosenLikelihood(named),
  });
  if (isDeepStrictEqual(built.nodes, network.nodes) && likelihoodOf(built) === likelihoodOf(network)) return;
  throw new CliError(
    `${building.map(flagOf).join(", ")}: expected nothing that contradicts the network of --init-from, got ` +
      `${building.map((key) => named[key]).join(", ")}; leave it out, or take --warm-start`,
  );
}
