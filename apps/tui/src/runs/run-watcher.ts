/** Reads run directories for the run view: the list every few seconds, wanted runs as they grow, wanted sheets once. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { decodePng, splitSheet } from "@pixelcnn/pictures";
import { followRun, layout, type RunRecord, readRegularBytes } from "@pixelcnn/runs";
import { plainMessage } from "../app/plain-message.ts";
import { RunList, type RunStatus } from "./run-status.ts";
import { type RunsAction, type RunsState, type ShownSheet, wantedRuns, wantedSample } from "./state.ts";

const LIST_MS = 1500;
/** Reading the list may take so much of the time; a folder of many runs, or a slow disk, is read less often for that. */
const LIST_SHARE = 0.002;
const SLOWEST_LIST_MS = 15_000;
/** A run that is done, or not there yet, is looked at so often: somebody may go on with it. */
const ENDED_MS = 4000;
/** Records that come together are told together. */
const TELL_MS = 150;

export class RunWatcher {
  readonly #list: RunList;
  readonly #followed = new Map<string, AbortController>();
  #timer: NodeJS.Timeout | null = null;
  #hasBegun = false;
  /** Did the folder change while it was read? */
  #isOutdated = false;
  /** Names of the runs that were there at the last look. */
  #listed: ReadonlySet<string> = new Set();
  #isClosed = false;
  #sheet = "";

  constructor(
    readonly root: string,
    private readonly dispatch: (action: RunsAction) => void,
  ) {
    this.#list = new RunList(root);
  }

  /** Begins to read what the state wants, and ends what it no longer wants. */
  sync(state: RunsState): void {
    if (!this.#hasBegun) void this.#relist();
    const wanted = wantedRuns(state);
    for (const [name, controller] of this.#followed) {
      if (wanted.includes(name)) continue;
      controller.abort();
      this.#followed.delete(name);
    }
    for (const name of wanted) if (!this.#followed.has(name)) void this.#follow(name);
    const sample = wantedSample(state);
    const key = `${state.selected} ${sample?.file}`;
    if (sample === null || state.selected === null || key === this.#sheet) return;
    this.#sheet = key;
    void this.#readSheet(state.selected, sample.file);
  }

  /** Looks at all runs now: nobody should wait for the next look to see what was just done. */
  relist(): void {
    if (this.#timer === null) {
      this.#isOutdated = this.#hasBegun;
      return;
    }
    clearTimeout(this.#timer);
    void this.#relist();
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const controller of this.#followed.values()) controller.abort();
  }

  async #relist(): Promise<void> {
    const begun = performance.now();
    this.#hasBegun = true;
    this.#timer = null;
    let list: RunStatus[];
    do {
      this.#isOutdated = false;
      list = await this.#list.read();
      if (this.#isClosed) return;
    } while (this.#isOutdated);
    this.#listed = new Set(list.map(({ name }) => name));
    this.dispatch({ type: "runs-listed", list });
    const wait = (performance.now() - begun) / LIST_SHARE;
    this.#timer = setTimeout(() => void this.#relist(), Math.min(SLOWEST_LIST_MS, Math.max(LIST_MS, wait)));
  }

  async #follow(run: string): Promise<void> {
    const controller = new AbortController();
    this.#followed.set(run, controller);
    const { signal } = controller;
    const directory = join(this.root, run);
    while (!signal.aborted) {
      const size = await sizeOf(directory);
      try {
        await this.#tell(run, directory, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.dispatch({ type: "run-unreadable", run, message: plainMessage(error) });
      }
      // It is done, or not there yet; a run that is resumed goes on growing.
      while (!signal.aborted && (await sizeOf(directory)) === size)
        await sleep(ENDED_MS, null, { ref: false });
    }
  }

  async #tell(run: string, directory: string, signal: AbortSignal): Promise<void> {
    let records: RunRecord[] = [];
    let fresh = true;
    let timer: NodeJS.Timeout | null = null;
    const tell = () => {
      timer = null;
      if (signal.aborted || records.length === 0) return;
      this.dispatch({ type: "run-told", run, records, fresh, ms: performance.now() });
      // One that has just begun.
      if (fresh && !this.#listed.has(run)) this.relist();
      records = [];
      fresh = false;
    };
    try {
      for await (const record of followRun(directory, signal)) {
        records.push(record);
        timer ??= setTimeout(tell, TELL_MS);
      }
    } finally {
      if (timer !== null) clearTimeout(timer);
      tell();
    }
  }

  async #readSheet(run: string, file: string): Promise<void> {
    let sheet: ShownSheet;
    try {
      const pictures = splitSheet(decodePng(await readRegularBytes(join(this.root, run, file))));
      sheet = { run, file, pictures, failure: null };
    } catch (error) {
      sheet = { run, file, pictures: [], failure: plainMessage(error) };
    }
    this.dispatch({ type: "sheet-read", sheet });
  }
}

async function sizeOf(directory: string): Promise<number | null> {
  return stat(layout.metrics(directory)).then(
    ({ size }) => size,
    () => null,
  );
}
