/** Model files that were opened here, kept by the browser until they are forgotten: a reload loses nothing. */

import type { ModelSummary } from "../../workers/drawing/model-summary.ts";
import { askStore } from "../kept/ask-store.ts";
import { KEPT_FILES } from "./has-kept-files.ts";
import type { ModelEntry } from "./model-entry.ts";

interface KeptFile {
  readonly name: string;
  readonly file: Blob;
  readonly summary: ModelSummary;
}

const STORE = { database: KEPT_FILES, name: "models", keyPath: "name" };

export async function keptEntries(): Promise<ModelEntry[]> {
  return ((await askStore<KeptFile[]>(STORE, "readonly", (store) => store.getAll())) ?? []).map(fileEntry);
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
  return (await askStore(STORE, "readwrite", (store) => store.put(kept))) !== null;
}

export async function forgetFile(name: string): Promise<void> {
  await askStore(STORE, "readwrite", (store) => store.delete(name));
}
