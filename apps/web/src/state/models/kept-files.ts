/**
 * Model files that were opened here, kept by the browser until they are forgotten: a reload loses nothing. A browser that keeps nothing
 * (a private window) is no failure: the file is there until the page is closed.
 */

import type { ModelSummary } from "../../workers/drawing/model-summary.ts";
import { KEPT_FILES } from "./has-kept-files.ts";
import type { ModelEntry } from "./model-entry.ts";

interface KeptFile {
  readonly name: string;
  readonly file: Blob;
  readonly summary: ModelSummary;
}

const STORE = "models";

export async function keptEntries(): Promise<ModelEntry[]> {
  return ((await ask<KeptFile[]>("readonly", (store) => store.getAll())) ?? []).map(fileEntry);
}

export function fileEntry({ name, file, summary }: KeptFile): ModelEntry {
  return {
    id: `file:${name}`,
    title: name,
    source: "file",
    summary,
    card: null,
    bytes: file.size,
    read: () => file.arrayBuffer(),
  };
}

/** In the place of one of the same name. @returns false when the browser does not keep it. */
export async function keepFile(kept: KeptFile): Promise<boolean> {
  return (await ask("readwrite", (store) => store.put(kept))) !== null;
}

export async function forgetFile(name: string): Promise<void> {
  await ask("readwrite", (store) => store.delete(name));
}

/** Null when the browser says no. */
async function ask<T>(
  mode: IDBTransactionMode,
  question: (store: IDBObjectStore) => IDBRequest,
): Promise<T | null> {
  try {
    const opening = indexedDB.open(KEPT_FILES, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "name" });
    const database = (await answered(opening)) as IDBDatabase;
    try {
      return (await answered(question(database.transaction(STORE, mode).objectStore(STORE)))) as T;
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}

function answered(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
