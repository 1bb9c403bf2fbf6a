/**
 * How far something is that takes long, on standard error: a line that changes where somebody watches, and a line per minute
 * where it goes to a file.
 */
import { clearLine, cursorTo } from "node:readline";
import type { Writable } from "node:stream";
import { type Moment, progressLine, progressRecord } from "./progress-line.ts";

export interface Progress {
  /**
   * @param share 0 ... 1.
   * @param what what is being done.
   * @param notes what may be left out where there is no room, the most important first.
   */
  update(share: number, what: string, notes?: readonly string[]): void;
  /** The same of a part that has a share of its own; of the whole it tells nothing, nor of the time left. */
  updatePart(share: number, what: string): void;
  /** Clears the line, so that something else can be printed. */
  clear(): void;
}

export interface ProgressOptions {
  /** Standard error unless a test watches. */
  readonly stream?: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** Milliseconds that never go back. */
  readonly now?: () => number;
}

const REDRAW_MS = 100;
const RECORD_MS = 60_000;
/** What is over sooner needs no record. */
const SHORT_MS = 10_000;
const DEFAULT_COLUMNS = 80;

/** @param label stands before `what`; empty for none. */
export function progressBar(
  label: string,
  quiet: boolean,
  { stream = process.stderr, now = () => performance.now() }: ProgressOptions = {},
): Progress {
  if (quiet) return { update() {}, updatePart() {}, clear() {} };
  const created = now();
  let first: { readonly share: number; readonly at: number } | null = null;
  let written = Number.NEGATIVE_INFINITY;
  let visible = false;

  function momentOf(share: number, what: string, notes: readonly string[]): Moment {
    first ??= { share, at: now() };
    const done = share - first.share;
    const leftMs = done <= 0 || share >= 1 ? null : ((now() - first.at) * (1 - share)) / done;
    return { what: labelled(what), share, leftMs, notes };
  }

  function labelled(what: string): string {
    return label === "" ? what : `${label} ${what}`;
  }

  function show(moment: Moment): void {
    if (stream.isTTY) redraw(moment);
    else record(moment);
  }

  function redraw(moment: Moment): void {
    if (now() - written < REDRAW_MS) return;
    written = now();
    visible = true;
    cursorTo(stream, 0);
    // The last column stays free: a terminal may go to the next line when it is written.
    stream.write(progressLine(moment, (stream.columns || DEFAULT_COLUMNS) - 1));
    clearLine(stream, 1);
  }

  function record(moment: Moment): void {
    const isShort = now() - created < SHORT_MS && (moment.leftMs ?? 0) < SHORT_MS;
    if (now() - written < RECORD_MS || (written === Number.NEGATIVE_INFINITY && isShort)) return;
    written = now();
    stream.write(`${progressRecord(moment)}\n`);
  }

  return {
    update(share, what, notes = []) {
      show(momentOf(share, what, notes));
    },
    updatePart(share, what) {
      show({ what: labelled(what), share, leftMs: null, notes: [] });
    },
    clear() {
      if (!visible) return;
      cursorTo(stream, 0);
      clearLine(stream, 1);
      visible = false;
      written = Number.NEGATIVE_INFINITY;
    },
  };
}
