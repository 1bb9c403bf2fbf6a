/** Every model that can be chosen now: the site's, those of local runs, and the files that were dropped here. */
import { create } from "zustand";
import { drawingWorker } from "../drawing/drawing-worker.ts";
import { fetchFromSite } from "../site-url.ts";
import { forgetFile, type KeptFile, keepFile, keptFiles } from "./kept-files.ts";
import type { Manifest } from "./manifest.ts";
import type { ModelEntry } from "./model-entry.ts";

export interface FileMessage {
  readonly kind: "success" | "error";
  readonly text: string;
  /** Views that have a use for the file, by path. */
  readonly ways?: readonly { readonly path: string; readonly text: string }[];
}

interface ModelState {
  /** Smallest first, then what was dropped, then runs. Null until the manifest is here. */
  readonly models: readonly ModelEntry[] | null;
  /** Why there is no manifest. */
  readonly error: string | null;
  readonly load: () => Promise<void>;
  /** Replaces the entry of the same id. */
  readonly add: (entry: ModelEntry) => void;
  /** What became of the last file, for the visitor; null when there is nothing to say. */
  readonly fileMessage: FileMessage | null;
  /** Reads a file of the visitor's; it never leaves the browser. Null, and a message, when it is no model file. */
  readonly addFile: (file: File) => Promise<ModelEntry | null>;
  /** Takes a file of the visitor's out of the list, and out of what the browser keeps. */
  readonly forget: (entry: ModelEntry) => void;
}

/** A larger file is refused unread: a browser tab would not survive it. */
const MAX_FILE_BYTES = 512 * 2 ** 20;

let loading: Promise<void> | null = null;

export const useModels = create<ModelState>((set, get) => ({
  models: null,
  error: null,
  fileMessage: null,
  load() {
    loading ??= Promise.all([fetchModels(), keptFiles()]).then(
      ([site, kept]) =>
        set((state) => {
          const here = state.models ?? [];
          const opened = new Set(here.map(({ id }) => id));
          const before = kept.map(entryOf).filter(({ id }) => !opened.has(id));
          return { models: [...site, ...before, ...here], error: null };
        }),
      (error: Error) => {
        loading = null;
        set({ error: error.message });
      },
    );
    return loading;
  },
  add: (entry) =>
    set((state) => ({ models: [...(state.models ?? []).filter(({ id }) => id !== entry.id), entry] })),
  async addFile(file) {
    const name = file.name.replace(/\.safetensors$/, "");
    const id = `file:${name}`;
    try {
      if (file.size > MAX_FILE_BYTES) throw new Error(`expected at most ${MAX_FILE_BYTES / 2 ** 20} MB`);
      const summary = await drawingWorker.loadBytes(id, await file.arrayBuffer());
      const entry = entryOf({ name, file, summary });
      get().add(entry);
      const isKept = await keepFile({ name, file, summary });
      const until = isKept ? "" : ", until the page is closed";
      set({
        fileMessage: { kind: "success", text: `${file.name} is open. It stays in this browser${until}.` },
      });
      return entry;
    } catch (error) {
      const text = `${file.name} cannot be used: ${(error as Error).message}.`;
      set({ fileMessage: { kind: "error", text } });
      return null;
    }
  },
  forget(entry) {
    set(({ models }) => ({ models: models?.filter((one) => one !== entry) ?? null }));
    void forgetFile(entry.title);
  },
}));

function entryOf({ name, file, summary }: KeptFile): ModelEntry {
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

async function fetchModels(): Promise<ModelEntry[]> {
  const manifest = (await (await fetchFromSite("models/manifest.json")).json()) as Manifest;
  return manifest.models.map(({ name, file, bytes, summary, card, measured, pictures }) => ({
    id: name,
    title: name,
    source: "site",
    summary,
    card,
    bytes,
    ...(measured !== null && { measured }),
    ...(pictures !== undefined && { testPictures: `models/${pictures}` }),
    read: async () => (await fetchFromSite(`models/${file}`)).arrayBuffer(),
  }));
}
