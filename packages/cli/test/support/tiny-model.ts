import { writeFileSync } from "node:fs";
import {
  buildPreset,
  encodeModelFile,
  type Model,
  type Network,
  Purpose,
  parametersOf,
  uniform,
} from "@pixelcnn/core";

export interface TinyModel {
  readonly size?: number;
  readonly levels?: number;
  readonly classes?: number;
  /** Columns of a table of the levels; none by default. */
  readonly embedding?: number;
  /** What every weight is multiplied by, 1 by default. */
  readonly weightScale?: number;
}

/** A gated network of four channels. */
function tinyNetwork({ size = 8, levels = 4, classes = 10, embedding }: TinyModel = {}): Network {
  const picture = { height: size, width: size, channels: 1, levels };
  return buildPreset("gated", { picture, classes, channels: 4, layers: 1, ...(embedding && { embedding }) });
}

/** Random weights, large enough that pictures are not mere noise. */
export function randomModel(network: Network): Model {
  const weights = new Map(
    parametersOf(network).map(({ name, shape, role, allowed: allowedIn }, tensor): [string, Float32Array] => {
      const allowed = allowedIn?.() ?? null;
      const length = shape.reduce((product, size) => product * size, 1);
      const value = (_: unknown, i: number) =>
        allowed?.[i] === 0
          ? 0
          : 2 * uniform(1, tensor, i, Purpose.initialise, 1, 0) - (role === "variance" ? 0 : 1);
      return [name, Float32Array.from({ length }, value)];
    }),
  );
  return { network, weights };
}

/** Writes the model file of a tiny model that says it was trained on glyphs. */
export function writeTinyModel(path: string, options: TinyModel = {}): Network {
  const network = tinyNetwork(options);
  const { levels } = network.picture;
  const { weights } = randomModel(network);
  const { weightScale = 1 } = options;
  for (const values of weights.values()) values.set(values.map((value) => weightScale * value));
  const file = encodeModelFile({
    model: { network, weights },
    preparation: { levels, binarise: levels === 2 ? "dynamic" : null },
    provenance: {
      dataset: "glyphs",
      command: "train --steps 3",
      date: "2024-01-01T00:00:00.000Z",
      steps: 3,
      trainNats: 88.5,
      validation: null,
      test: { images: 4, nats: 88.25, bitsPerDim: 1.989 },
    },
  });
  writeFileSync(path, file);
  return network;
}
