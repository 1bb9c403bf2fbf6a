/**
 * A training state as a safetensors file and back: the vectors as tensors, the counters and where the weights come from in the
 * metadata, and a checksum of all of it, so that a flipped bit is not trained on.
 *
 *     metadata.sha256 = SHA-256 of the file's bytes with 64 zeros in this place
 */
import { decodeSafetensors, encodeSafetensors, type NamedTensor, PixelCnnError } from "@pixelcnn/core";
import { type TrainingState, vectorNames } from "@pixelcnn/core/training";
import * as v from "valibot";
import { CliError } from "../cli-error.ts";
import { type History, noHistory } from "./history.ts";
import { readLong, sha256 } from "./long-bytes.ts";

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const counters = v.strictObject({
  step: natural,
  epoch: natural,
  position: natural,
  epochNats: v.number(),
  elapsedMs: v.number(),
});
const historySchema = v.strictObject({ command: v.string(), steps: natural });

/** With a checksum there is a history. Files from before either have neither; another key is damage. */
const metadataSchema = v.union([
  v.strictObject({ trainingState: v.string(), history: v.string(), sha256: v.string() }),
  v.strictObject({ trainingState: v.string() }),
]);

const SEAL = '"sha256":"';
const UNSEALED = "0".repeat(64);

export interface Checkpoint {
  readonly state: TrainingState;
  /** Of the weights, this run's part included but for its steps. */
  readonly history: History;
}

export function encodeCheckpoint({ state, history }: Checkpoint): Uint8Array {
  const { step, epoch, position, epochNats, elapsedMs } = state;
  const tensors = new Map(
    vectorNames
      .filter((name) => state[name].length > 0) // a network without batch norm has no statistics
      .map((name): [string, NamedTensor] => [name, { shape: [state[name].length], values: state[name] }]),
  );
  const metadata = {
    trainingState: JSON.stringify({ step, epoch, position, epochNats, elapsedMs }),
    history: JSON.stringify(history),
    sha256: UNSEALED,
  };
  const bytes = Buffer.from(encodeSafetensors({ metadata, tensors }));
  const at = sealOf(bytes);
  // Not `write`: in a buffer of more than 2 GiB it writes nothing.
  bytes.set(Buffer.from(digestOf(bytes, at), "latin1"), at);
  return bytes;
}

/** @throws {CliError} naming the file when it is no whole checkpoint. */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const bytes = await readLong(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EIO" && error.code !== "EISDIR") throw error;
    throw new CliError(`${path}: expected a whole checkpoint, got ${error.message}`, { cause: error });
  });
  try {
    return decodeCheckpoint(bytes);
  } catch (cause) {
    if (!(cause instanceof PixelCnnError || cause instanceof v.ValiError || cause instanceof SyntaxError))
      throw cause;
    throw new CliError(`${path}: expected a whole checkpoint, got one that is damaged (${cause.message})`, {
      cause,
    });
  }
}

function decodeCheckpoint(bytes: Buffer): Checkpoint {
  const file = decodeSafetensors(bytes);
  const metadata = v.parse(metadataSchema, file.metadata);
  if ("sha256" in metadata) {
    if (digestOf(bytes, sealOf(bytes)) !== metadata.sha256) throw new SyntaxError("its checksum is another");
  }
  const vectors = vectorNames.map((name) => [name, file.tensors.get(name)?.values ?? new Float32Array()]);
  return {
    state: {
      ...v.parse(counters, JSON.parse(metadata.trainingState)),
      ...(Object.fromEntries(vectors) as Record<(typeof vectorNames)[number], Float32Array>),
    },
    history: "history" in metadata ? v.parse(historySchema, JSON.parse(metadata.history)) : noHistory,
  };
}

/** Where the checksum stands. */
function sealOf(bytes: Buffer): number {
  return bytes.indexOf(SEAL) + SEAL.length;
}

/** With zeros in place of the checksum. */
function digestOf(bytes: Buffer, seal: number): string {
  const end = seal + UNSEALED.length;
  return sha256([bytes.subarray(0, seal), Buffer.from(UNSEALED, "latin1"), bytes.subarray(end)]);
}
