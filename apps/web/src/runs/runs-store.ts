/** Trainings of the machine that serves the page; none on a static host. Their models join the model store. */
import { create } from "zustand";
import type { ModelEntry } from "../models/model-entry.ts";
import { useModels } from "../models/model-store.ts";
import { fetchFromSite } from "../site-url.ts";
import type { RunDigest, RunList } from "./run-digest.ts";

interface RunsState {
  /** Null until the list is here. */
  readonly runs: readonly RunDigest[] | null;
  readonly refresh: () => Promise<void>;
}

export const useRuns = create<RunsState>((set, get) => ({
  runs: null,
  async refresh() {
    let runs: readonly RunDigest[];
    try {
      runs = ((await (await fetchFromSite("runs/index.json")).json()) as RunList).runs;
    } catch {
      // The server was stopped: what is known stays, and the next look tells more.
      runs = get().runs ?? [];
    }
    const known = new Set(get().runs?.map(({ name, modelFile }) => modelFile && name));
    set({ runs });
    for (const { name, modelFile } of runs) {
      if (modelFile !== null && !known.has(name)) useModels.getState().add(entryOf(name));
    }
  },
}));

function entryOf(name: string): ModelEntry {
  return {
    id: `run:${name}`,
    title: `${name} (local run)`,
    source: "run",
    summary: null,
    card: null,
    bytes: null,
    async read() {
      const file = useRuns.getState().runs?.find((run) => run.name === name)?.modelFile;
      return (await fetchFromSite(`runs/${encodeURIComponent(name)}/${file}`)).arrayBuffer();
    },
  };
}
