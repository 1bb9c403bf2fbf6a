/** Drawings and what was learnt of them, kept by the browser over a reload. */
import type { Memory, Sheet } from "../../workers/teaching/lesson.ts";
import { askStore } from "../kept/ask-store.ts";
import { type Measured, type TeachingState, useTeaching } from "./teaching-store.ts";

type Settings = Pick<TeachingState, "drawings" | "pictures" | "varied" | "start" | "slower" | "seed">;

/** Which network it is, and its noise: a memory fits no other. */
export type Origin = Pick<TeachingState, "start" | "seed">;

/** A memory with what it began with, whatever was chosen since. */
export interface Learnt {
  readonly memory: Memory;
  readonly origin: Origin;
}

/** What was learnt, with what the page shows of it. */
interface KeptLearning {
  readonly memory: Memory;
  /** Left out by earlier versions of this page. */
  readonly origin?: Origin;
  readonly training: readonly Measured[];
  readonly heldOut: readonly Measured[];
  readonly sheets: readonly Sheet[];
  readonly firstRecognised: number | null;
}

const STORE = { database: "pixelcnn-teaching", name: "teaching", keyPath: "key" };

/** What the visitor drew and chose. */
export async function keepDrawings(settings: Settings): Promise<void> {
  const { drawings, pictures, varied, start, slower, seed } = settings;
  await askStore(STORE, "readwrite", (store) =>
    store.put({ key: "drawings", drawings, pictures, varied, start, slower, seed }),
  );
}

/** Null for what nothing was learnt of. */
export async function keepLearning(learnt: Learnt | null): Promise<void> {
  const { training, heldOut, sheets, firstRecognised } = useTeaching.getState();
  await askStore(STORE, "readwrite", (store) =>
    learnt === null
      ? store.delete("learning")
      : store.put({ key: "learning", ...learnt, training, heldOut, sheets, firstRecognised }),
  );
}

/** What an earlier visit left; nothing for what it did not. */
export async function kept() {
  const read = <T>(key: string) => askStore<T | undefined>(STORE, "readonly", (store) => store.get(key));
  return { drawings: await read<Settings>("drawings"), learning: await read<KeptLearning>("learning") };
}
