/** The trainings of this machine as models that can be chosen, as soon as they have a file. */
import { fetchFromSite } from "../../site/fetch-from-site.ts";
import { useRuns } from "../runs/runs-store.ts";
import type { ModelEntry } from "./model-entry.ts";

/** @param add told of each of them, now and from now on; a run that went away and comes again is another model. */
export function followRunEntries(add: (entry: ModelEntry) => void): void {
  let known = new Set<string>();
  const take = (runs: ReturnType<typeof useRuns.getState>["runs"]) => {
    if (runs === null) return;
    const names = runs.filter(({ modelFile }) => modelFile !== null).map(({ name }) => name);
    for (const name of names) if (!known.has(name)) add(entryOf(name));
    known = new Set(names);
  };
  take(useRuns.getState().runs);
  useRuns.subscribe(({ runs }, before) => {
    if (runs !== before.runs) take(runs);
  });
}

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
