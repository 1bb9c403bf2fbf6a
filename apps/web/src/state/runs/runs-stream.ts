/**
 * Everything that the trainings of this machine tell, over one connection: a browser has six for a host, and needs them for other
 * things. A page that nobody sees gives its own back.
 */
import { siteUrl } from "../../site/fetch-from-site.ts";
import type { RunList, RunRecords } from "./run-digest.ts";
import { emptyHistory, type RunHistory, withRecords } from "./run-history.ts";

/** A long log comes in many pieces: they are drawn together. */
const GATHER_MS = 200;

interface RunsListener {
  /** Told of the list at first, and whenever it changes. */
  readonly onList: (list: RunList) => void;
  /** Told of those that went on, by name. */
  readonly onHistories: (changed: ReadonlyMap<string, RunHistory>) => void;
}

/** @returns how to stop. */
export function followRuns(listener: RunsListener): () => void {
  let stop: (() => void) | null = null;
  const look = () => {
    if (document.hidden) {
      stop?.();
      stop = null;
    } else stop ??= open(listener);
  };
  look();
  document.addEventListener("visibilitychange", look);
  return () => {
    document.removeEventListener("visibilitychange", look);
    stop?.();
  };
}

function open({ onList, onHistories }: RunsListener): () => void {
  const source = new EventSource(siteUrl("runs/events"));
  const known = new Map<string, RunHistory>();
  let waiting = new Map<string, RunRecords["records"][number][]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const changed = new Map<string, RunHistory>();
    for (const [run, records] of waiting) {
      changed.set(run, withRecords(known.get(run) ?? emptyHistory, records));
    }
    waiting = new Map();
    for (const [run, history] of changed) known.set(run, history);
    onHistories(changed);
  };
  source.addEventListener("runs", ({ data }) => onList(JSON.parse(data) as RunList));
  // Told from its first record: so does every connection, and a run that was made anew.
  source.addEventListener("run", ({ data }) => {
    const run = JSON.parse(data) as string;
    known.delete(run);
    waiting.set(run, []);
    timer ??= setTimeout(flush, GATHER_MS);
  });
  source.addEventListener("message", ({ data }) => {
    const { run, records } = JSON.parse(data) as RunRecords;
    waiting.set(run, [...(waiting.get(run) ?? []), ...records]);
    timer ??= setTimeout(flush, GATHER_MS);
  });
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
