/**
 * A model from bytes, which encode-model-file.ts makes of it: one safetensors file whose metadata entry `pixelcnn` holds the description as JSON. See
 * docs/model-format.md for every field.
 */

import * as v from "valibot";
import type { Preparation } from "../data/preparation.ts";
import { likelihoodOf } from "../likelihoods/likelihoods.ts";
import { defineNetwork } from "../network/define-network.ts";
import type { Network, NetworkNode } from "../network/graph.ts";
import { defineModel, type Model } from "../network/model.ts";
import { parametersOf } from "../network/parameters.ts";
import { checkPalette } from "../palette.ts";
import { excerpt } from "../printable.ts";
import { type Description, description, FORMAT_VERSION, type Provenance } from "./description.ts";
import { ModelFileError } from "./model-file-error.ts";
import { decodeSafetensors, describeIssue, type NamedTensor } from "./safetensors.ts";
import { parseStrictJson } from "./strict-json.ts";

/** Everything that a model file holds. */
export interface ModelFile {
  readonly model: Model;
  readonly preparation: Preparation;
  readonly provenance: Provenance;
}

/** Names the description among the metadata. */
export const METADATA_KEY = "pixelcnn";
const VERSIONS: readonly unknown[] = Array.from({ length: FORMAT_VERSION }, (_, i) => i + 1);

/**
 * Reads a model file. The graph is proved causal and drawable before it is returned.
 *
 * @throws {ModelFileError} when the file is damaged or no model file; {NetworkError}, {CausalityError}, {ScheduleError},
 * {ShapeError}, {OptionError} when its graph, weights or palette are not what they should be.
 */
export function decodeModelFile(bytes: Uint8Array): ModelFile {
  const { metadata, tensors } = decodeSafetensors(bytes);
  const text = metadata[METADATA_KEY];
  if (text === undefined) {
    throw new ModelFileError(
      `expected a "${METADATA_KEY}" entry in the metadata, got none; this is another kind of file`,
    );
  }
  const { picture, classes, encoding, network: graph, likelihood, ...rest } = parseDescription(text);
  const described: Network = {
    ...{ picture, classes, encoding, ...graph },
    ...(typeof likelihood !== "string" && { likelihood }),
  };
  const needed = versionFor(
    described,
    [...tensors.values()].some(({ stored }) => stored === "F16"),
  );
  if (rest.formatVersion < needed) {
    throw new ModelFileError(
      `expected format version ${needed} for what the file holds, got ${rest.formatVersion}; say so`,
    );
  }
  if (picture.palette) checkPalette(picture.palette, picture);
  if (picture.palette && picture.unordered) {
    throw new ModelFileError('expected "palette" or "unordered", got both; colours have no order anyway');
  }
  const network = defineNetwork(described);
  const { kind } = likelihoodOf(network);
  if (typeof likelihood === "string" && likelihood !== kind) {
    throw new ModelFileError(`expected likelihood ${kind} for ${picture.levels} levels, got ${likelihood}`);
  }
  if ((picture.levels === 2) !== (rest.binarise !== null)) {
    throw new ModelFileError(
      `expected "binarise" exactly for two levels, got ${rest.binarise} for ${picture.levels}`,
    );
  }
  const model = defineModel(network, checkShapes(network, tensors));
  return {
    model,
    preparation: { levels: picture.levels, binarise: rest.binarise },
    provenance: rest.provenance,
  };
}

/** Operations that version 1 has not. */
const NEWER: ReadonlySet<NetworkNode["op"]> = new Set([
  "embedding",
  "planes",
  "concatElu",
  "glu",
  "attention",
  "lstm",
] as const);

/** The lowest version of the format that says all that a network is. @param hasHalves whether weights are stored as float16. */
export function versionFor({ likelihood, picture, nodes }: Network, hasHalves: boolean): number {
  const isNewer =
    hasHalves ||
    likelihood?.kind === "mixture" ||
    picture.levels > 256 ||
    picture.palette !== undefined ||
    picture.unordered !== undefined ||
    nodes.some(({ op }) => NEWER.has(op));
  return isNewer ? 2 : 1;
}

/** @throws {ModelFileError} where it is none of this release's. */
export function parseDescription(text: string): Description {
  const json = parseStrictJson(text, "the description");
  const result = v.safeParse(description, json, { abortEarly: true });
  if (result.success) return result.output;
  const version = (json as { formatVersion?: unknown } | null)?.formatVersion;
  if (!VERSIONS.includes(version)) {
    throw new ModelFileError(
      `expected format version ${VERSIONS.join(" or ")}, got ${excerpt(JSON.stringify(version) ?? "none")}; use a matching release`,
    );
  }
  throw new ModelFileError(`description: ${describeIssue(result.issues[0])}`);
}

function checkShapes(network: Network, tensors: ReadonlyMap<string, NamedTensor>): Map<string, Float32Array> {
  for (const { name, shape } of parametersOf(network)) {
    const found = tensors.get(name);
    if (found !== undefined && String(found.shape) !== String(shape)) {
      throw new ModelFileError(`tensor "${name}": expected shape [${shape}], got [${found.shape}]`);
    }
  }
  return new Map([...tensors].map(([name, { values }]) => [name, values]));
}
