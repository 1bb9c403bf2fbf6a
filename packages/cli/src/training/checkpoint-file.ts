/** A training state as a safetensors file and back: the vectors as tensors, the counters in the metadata. */
import { readFile } from "node:fs/promises";
import { decodeSafetensors, encodeSafetensors, type NamedTensor, PixelCnnError } from "@pixelcnn/core";
import type { TrainingState } from "@pixelcnn/core/training";
import * as v from "valibot";
import { CliError } from "../cli-error.ts";

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const counters = v.strictObject({
  step: natural,
  epoch: natural,
  position: natural,
  epochNats: v.number(),
  elapsedMs: v.number(),
});

const METADATA_KEY = "trainingState";

const vectorNames = [
  "weights",
  "statistics",
  "averagedWeights",
  "averagedStatistics",
  "firstMoment",
  "secondMoment",
] as const satisfies readonly (keyof TrainingState)[];

export function encodeCheckpoint(state: TrainingState): Uint8Array {
  const { step, epoch, position, epochNats, elapsedMs } = state;
  const tensors = new Map(
    vectorNames
      .filter((name) => state[name].length > 0) // a network without batch norm has no statistics
      .map((name): [string, NamedTensor] => [name, { shape: [state[name].length], values: state[name] }]),
  );
  const text = JSON.stringify({ step, epoch, position, epochNats, elapsedMs });
  return encodeSafetensors({ metadata: { [METADATA_KEY]: text }, tensors });
}

/** @throws {CliError} naming the file when it is no checkpoint. */
export async function readCheckpoint(path: string): Promise<TrainingState> {
  try {
    const { metadata, tensors } = decodeSafetensors(await readFile(path));
    const vectors = vectorNames.map((name) => [name, tensors.get(name)?.values ?? new Float32Array()]);
    return {
      ...v.parse(counters, JSON.parse(metadata[METADATA_KEY] ?? "null")),
      ...(Object.fromEntries(vectors) as Record<(typeof vectorNames)[number], Float32Array>),
    };
  } catch (cause) {
    if (!(cause instanceof PixelCnnError || cause instanceof v.ValiError || cause instanceof SyntaxError))
      throw cause;
    throw new CliError(
      `${path}: expected a checkpoint, got ${cause.message}; remove it to go on from the one before`,
      {
        cause,
      },
    );
  }
}
