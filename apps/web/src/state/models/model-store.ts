/** Every model that can be chosen now: the site's, those of local runs, and the files that were dropped here. */
import { create } from "zustand";
import { fetchFromSite } from "../../site/fetch-from-site.ts";
import { hasKeptFiles } from "./has-kept-files.ts";
import type { Manifest } from "./manifest.ts";
import type { ModelEntry } from "./model-entry.ts";
import { followRunEntries } from "./run-entries.ts";

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
  /** Takes a file of the visitor's out of the list, and out of what the browser keeps. */
  readonly forget: (entry: ModelEntry) => void;
}

let loading: Promise<void> | null = null;

export const useModels = create<ModelState>((set) => ({
  models: null,
  error: null,
  fileMessage: null,
  load() {
    loading ??= Promise.all([fetchModels(), keptModels()]).then(
      ([site, kept]) =>
        set((state) => {
          const here = state.models ?? [];
          const opened = new Set(here.map(({ id }) => id));
          return { models: [...site, ...kept.filter(({ id }) => !opened.has(id)), ...here], error: null };
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
  forget(entry) {
    // What was said when it was opened, that it stays in this browser, is no longer true.
    set(({ models }) => ({ models: models?.filter((one) => one !== entry) ?? null, fileMessage: null }));
    void import("./kept-files.ts").then(({ forgetFile }) => forgetFile(entry.title));
  },
}));

followRunEntries((entry) => useModels.getState().add(entry));

/** Of an earlier visit. Most visitors have none: what reads them is fetched where there are some. */
async function keptModels(): Promise<ModelEntry[]> {
  if (!(await hasKeptFiles())) return [];
  const { keptEntries } = await import("./kept-files.ts");
  return keptEntries();
}

async function fetchModels(): Promise<ModelEntry[]> {
  const manifest = (await (await fetchFromSite("models/manifest.json")).json()) as Manifest;
  return manifest.models.map(({ name, file, measured, pictures, real, ...told }) => ({
    ...told,
    id: name,
    title: name,
    source: "site",
    ...(measured !== null && { measured }),
    ...(pictures !== undefined && { testPictures: `models/${pictures}` }),
    ...(real !== undefined && { real: { ...real, file: `models/${real.file}` } }),
    read: async (isUnasked) => (await fetchFromSite(`models/${file}`, isUnasked)).arrayBuffer(),
  }));
}
