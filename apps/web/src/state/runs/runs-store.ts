/** Trainings of the machine that serves the page; none on a static host. */
import { create } from "zustand";
import { fetchFromSite } from "../../site/fetch-from-site.ts";
import type { RunDigest, RunList } from "./run-digest.ts";
import type { RunHistory } from "./run-history.ts";

interface RunsState {
  /** Null until the list is here. */
  readonly runs: readonly RunDigest[] | null;
  /** Is there somebody to follow? */
  readonly isLive: boolean;
  /** What each run has told, by name. */
  readonly histories: ReadonlyMap<string, RunHistory>;
  /** Fetches the list, once. */
  readonly load: () => Promise<void>;
  /** Keeps list and histories as they are written, until the returned function is called. */
  readonly follow: () => () => void;
}

let loading: Promise<void> | null = null;

export const useRuns = create<RunsState>((set, get) => ({
  runs: null,
  isLive: false,
  histories: new Map(),
  load() {
    // Most hosts have none, and nobody asked: that it does not come is no news.
    loading ??= fetchFromSite("runs/index.json", true)
      .then((response) => response.json() as Promise<RunList>)
      .catch(() => {
        // The page goes on without trainings; who asks again tries again.
        loading = null;
        return { isLive: false, runs: [] };
      })
      .then(take);
    return loading;
  },
  follow() {
    let isWanted = true;
    let stop = () => {};
    // Of no use where nobody is live.
    void import("./runs-stream.ts").then(({ followRuns }) => {
      if (!isWanted) return;
      stop = followRuns({
        onList: take,
        onHistories: (changed) => set({ histories: new Map([...get().histories, ...changed]) }),
      });
    });
    return () => {
      isWanted = false;
      stop();
    };
  },
}));

function take({ runs, isLive }: RunList): void {
  const before = useRuns.getState();
  const names = new Set(runs.map(({ name }) => name));
  // A run that went away and comes again is another one.
  const histories = new Map([...before.histories].filter(([name]) => names.has(name)));
  useRuns.setState({ runs, isLive, histories });
}
