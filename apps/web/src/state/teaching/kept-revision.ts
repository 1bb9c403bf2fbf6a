/** Two tabs may teach. What one of them has kept, another that has not seen it does not overwrite: it is overtaken, and keeps nothing more. */
import { answered, askStore } from "../kept/ask-store.ts";
import { useTeaching } from "./teaching-store.ts";

const STORE = { database: "pixelcnn-teaching", name: "teaching", keyPath: "key" };
const KEY = "revision";

/** The last writing that this tab has seen, a number by chance; null when there was none, undefined before it looked. */
let seen: number | null | undefined;
/** One after the other: the next one has seen the one before it. */
let writing: Promise<void> = Promise.resolve();

/** A record; nothing when there is none, or another tab has written since this one first looked. */
export function read<T>(key: string): Promise<T | null | undefined> {
  return askStore<T>(STORE, "readonly", async (store) => {
    const now = await revisionIn(store);
    if (seen === undefined) seen = now;
    return now === seen ? await answered(store.get(key)) : undefined;
  });
}

/** @param change one of the store's records, unless this tab is overtaken. */
export function write(change: (store: IDBObjectStore) => IDBRequest): Promise<void> {
  writing = writing.then(async () => {
    if (useTeaching.getState().isOvertaken) return;
    const isOvertaken = await askStore<boolean>(STORE, "readwrite", async (store) => {
      const now = await revisionIn(store);
      // Where everything was deleted, nobody's work is lost.
      if (seen !== undefined && now !== null && now !== seen) return true;
      await answered(change(store));
      const revision = Math.random();
      await answered(store.put({ key: KEY, revision }));
      seen = revision;
      return false;
    });
    if (isOvertaken) useTeaching.setState({ isOvertaken });
  });
  return writing;
}

/** What is written next takes the place of what another tab has written. */
export function overtake(): void {
  seen = undefined;
  useTeaching.setState({ isOvertaken: false });
}

async function revisionIn(store: IDBObjectStore): Promise<number | null> {
  const found = (await answered(store.get(KEY))) as { readonly revision: number } | undefined;
  return found?.revision ?? null;
}
