/** The list of runs and what is chosen in it: filter, order, search, the run that is looked at and those beside it. */
import { byName, type RunOrder, shownRuns } from "./run-order.ts";
import { matches } from "./run-query.ts";
import type { RunStatus } from "./run-status.ts";

export interface RunSelection {
  /** Null until the folder is read. */
  readonly list: readonly RunStatus[] | null;
  /** Name of the run that is looked at; null when there is none. */
  readonly selected: string | null;
  /** Names of further runs that are charted with it. */
  readonly marked: readonly string[];
  /** Index into the selected run's sheets; null for the newest, whichever that is. */
  readonly scrub: number | null;
  /** What runs must fit to be listed, see `run-query.ts`; empty for all. */
  readonly filter: string;
  /** What was searched for last. */
  readonly search: string;
  readonly order: RunOrder;
}

export const nothingSelected: RunSelection = {
  ...{ list: null, selected: null, marked: [], scrub: null, filter: "", search: "", order: byName },
};

export function selectedRun({ list, selected }: RunSelection): RunStatus | null {
  return list?.find(({ name }) => name === selected) ?? null;
}

/** The runs of the list, in its order. */
export function listedRuns({ list, filter, order }: Pick<RunSelection, "list" | "filter" | "order">) {
  return shownRuns(list ?? [], filter, order);
}

/** The list as it was read anew. */
export function listed<S extends RunSelection>(state: S, list: readonly RunStatus[]): S {
  const names = new Set(list.map(({ name }) => name));
  const marked = state.marked.filter((name) => names.has(name));
  // A run that was just started here is selected before its folder is there.
  if (state.selected !== null) {
    // The list reads the same objects while the files are the same: nothing to draw then.
    const isSame = list.length === state.list?.length && list.every((run, i) => run === state.list?.[i]);
    return isSame ? state : { ...state, list, marked };
  }
  const live = list.find(({ standing }) => standing === "training");
  return { ...state, list, marked, selected: live?.name ?? list[0]?.name ?? null };
}

/** The run that lies so many further down. */
export function selectBy<S extends RunSelection>(state: S, by: number): S {
  const names = listedRuns(state).map(({ name }) => name);
  if (names.length === 0) return state;
  const at = state.selected === null ? 0 : names.indexOf(state.selected);
  return selecting(state, names[Math.min(names.length - 1, Math.max(0, at + by))]!);
}

function selecting<S extends RunSelection>(state: S, selected: string): S {
  return selected === state.selected ? state : { ...state, selected, scrub: null };
}

/** The first run that fits, from `first` runs after the selected one on, going round. */
export function toMatch<S extends RunSelection>(state: S, query: string, first: number, by: 1 | -1): S {
  const runs = listedRuns(state);
  if (query.trim() === "" || runs.length === 0) return state;
  const at = runs.findIndex(({ name }) => name === state.selected);
  for (let i = 0; i < runs.length; i++) {
    const run = runs[(((at + first + i * by) % runs.length) + runs.length) % runs.length]!;
    if (matches(query, run)) return selecting(state, run.name);
  }
  return state;
}

/** Something that is listed is selected, where anything is. */
export function filtered<S extends RunSelection>(state: S, filter: string): S {
  const next = { ...state, filter };
  const runs = listedRuns(next);
  if (runs.length === 0 || runs.some(({ name }) => name === state.selected)) return next;
  return selecting(next, runs[0]!.name);
}

/** More curves than that cannot be told apart, and each is a file that is followed. */
const MOST_MARKED = 24;

/** The first runs of the list, or none where any is marked. */
export function markAll<S extends RunSelection>(state: S): S {
  return {
    ...state,
    marked:
      state.marked.length > 0
        ? []
        : listedRuns(state)
            .slice(0, MOST_MARKED)
            .map(({ name }) => name),
  };
}

/** Keeps the selected run, or no longer. */
export function mark<S extends RunSelection>(state: S): S {
  const { selected, marked } = state;
  if (selected === null) return state;
  const others = marked.filter((name) => name !== selected);
  return { ...state, marked: others.length < marked.length ? others : [...marked, selected] };
}

/** What the list will say of it when it is read again. */
export function renamed<S extends RunSelection>(state: S, run: string, to: string): S {
  const name = (old: string) => (old === run ? to : old);
  const list = state.list?.map((one) =>
    one.name === run ? { ...one, name: to, directory: `${one.directory.slice(0, -run.length)}${to}` } : one,
  );
  const selected = state.selected === null ? null : name(state.selected);
  return { ...state, list: list ?? null, marked: state.marked.map(name), selected };
}

/** The run after it is selected then, or the one before. */
export function removed<S extends RunSelection>(state: S, run: string): S {
  const names = listedRuns(state).map(({ name }) => name);
  const at = names.indexOf(run);
  const rest = state.list?.filter(({ name }) => name !== run) ?? null;
  const marked = state.marked.filter((name) => name !== run);
  const selected = state.selected !== run ? state.selected : (names[at + 1] ?? names[at - 1] ?? null);
  return { ...state, list: rest, marked, selected, scrub: null };
}
