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
    const before = new Map(get().runs?.map((run) => [run.name, run]));
    set({ runs });
    for (const run of runs) {
      const old = before.get(run.name);
      if (run.modelFile === null || old?.modelStamp === run.modelStamp) continue;
      // A model in use stays as it is until the visitor draws anew: its pictures would change under their eyes.
      if (old === undefined || old.modelFile === null) useModels.getState().add(entryOf(run));
    }
  },
}));

function entryOf({ name, modelFile }: RunDigest): ModelEntry {
  return {
    id: `run:${name}`,
    title: `${name} (local run)`,
    source: "run",
    summary: null,
    card: null,
    bytes: null,
    read: async () => (await fetchFromSite(`runs/${encodeURIComponent(name)}/${modelFile}`)).arrayBuffer(),
  };
}
