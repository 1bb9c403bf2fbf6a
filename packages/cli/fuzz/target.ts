/** Something that reads bytes from strangers, and what it may do with them: read them, or refuse them in one line. */
import { PixelCnnError } from "@pixelcnn/core";
import { DatasetsError } from "@pixelcnn/datasets";
import { RunsError } from "@pixelcnn/runs";
import { CliError } from "../src/cli-error.ts";
import { mutate } from "./mutate.ts";
import type { Random } from "./random.ts";

export interface Target {
  readonly name: string;
  /** Good inputs. */
  readonly seeds: readonly Uint8Array[];
  /** Inputs of a hundred thousand that go to this target: more where one takes little time. */
  readonly share: number;
  /** Changes a good input in a way of its own, every second time. */
  mutate?(good: Uint8Array, random: Random): Uint8Array;
  /** Reads, and throws what it likes. */
  read(bytes: Uint8Array): unknown;
}

/** A bad input made of a good one. */
export function inputFor(target: Target, random: Random): Uint8Array {
  const good = random.pick(target.seeds);
  return target.mutate && random.below(2) === 0 ? target.mutate(good, random) : mutate(good, random);
}

/** Longest message that is still a line. */
const MOST_CHARACTERS = 1000;

/**
 * @returns whether the input was read or refused.
 * @throws what the target threw, when it is no known error or no clear line.
 */
export async function judge(target: Target, bytes: Uint8Array): Promise<"read" | "refused"> {
  try {
    await target.read(bytes);
    return "read";
  } catch (error) {
    const known = [CliError, DatasetsError, PixelCnnError, RunsError].some((kind) => error instanceof kind);
    if (!known) throw error;
    const { message } = error as Error;
    if (message.length > MOST_CHARACTERS || /\p{Cc}/u.test(message)) {
      throw new Error(`expected one clear line, got ${JSON.stringify(message.slice(0, 2000))}`, {
        cause: error,
      });
    }
    return "refused";
  }
}
