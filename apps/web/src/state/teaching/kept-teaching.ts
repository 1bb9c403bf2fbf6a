/** Where the browser keeps drawings, and what was learnt of them, over a reload. */
import type { Memory, Sheet } from "../../workers/teaching/lesson.ts";
import { read, write } from "./kept-revision.ts";
import { type Measured, type Origin, type TeachingState, useTeaching } from "./teaching-store.ts";

type Settings = Pick<TeachingState, "drawings" | "pictures" | "varied" | "start" | "slower" | "seed">;

interface KeptDrawings extends Settings {
  /** Whether what is kept as learnt was learnt of other drawings, that a link's took the place of. Left out by earlier versions of this page. */
  readonly isLearntOfOthers?: boolean;
}

/** What was learnt, with what the page shows of it. */
interface KeptLearning {
  readonly memory: Memory;
  /** Left out by earlier versions of this page. */
  readonly origin?: Origin;
  /** Left out by earlier versions of this page. */
  readonly name?: string | null;
  readonly training: readonly Measured[];
  readonly heldOut: readonly Measured[];
  readonly sheets: readonly Sheet[];
  readonly firstRecognised: number | null;
}

/** Keeps what the visitor drew and chose. */
export async function keepDrawings(): Promise<void> {
  const { drawings, pictures, varied, start, slower, seed, aside } = useTeaching.getState();
  const kept: KeptDrawings = {
    ...{ drawings, pictures, varied, start, slower, seed },
    isLearntOfOthers: aside !== null,
  };
  await write((store) => store.put({ key: "drawings", ...kept }));
}

/** @param memory null for what nothing was learnt of. */
export async function keepLearning(memory: Memory | null): Promise<void> {
  const { origin, name, training, heldOut, sheets, firstRecognised } = useTeaching.getState();
  await write((store) =>
    memory === null
      ? store.delete("learning")
      : store.put({ key: "learning", memory, origin, name, training, heldOut, sheets, firstRecognised }),
  );
}

/** What an earlier visit drew and chose; nothing when there was none. */
export function keptDrawings(): Promise<KeptDrawings | null | undefined> {
  return read("drawings");
}

/** What an earlier visit learnt; nothing when it did not, or another tab teaches meanwhile. */
export function keptLearning(): Promise<KeptLearning | null | undefined> {
  return read("learning");
}
