/** One moment of something that takes long, as one line: what is done and the time left first, since a narrow terminal cuts the end. */
import { durationText } from "./duration-text.ts";

export interface Moment {
  /** "epoch 3 of 25". */
  readonly what: string;
  /** 0 ... 1. */
  readonly share: number;
  /** Null while it is unknown. */
  readonly leftMs: number | null;
  /** What may be left out, the most important first. */
  readonly notes: readonly string[];
}

const WIDEST_BAR = 24;
const NARROWEST_BAR = 8;

/** A line with a bar, of at most `columns` characters: notes that do not fit are left out, then the bar, then the share. */
export function progressLine({ what, share, leftMs, notes }: Moment, columns: number): string {
  const percentage = percent(share);
  let line = what + timeLeft(leftMs);
  const room = columns - line.length - percentage.length - 2;
  if (room >= NARROWEST_BAR) {
    const bar = notesWidth(notes) + WIDEST_BAR > room ? NARROWEST_BAR : WIDEST_BAR;
    line += ` ${barOf(share, bar)} ${percentage}`;
  } else if (line.length + percentage.length + 1 <= columns) line += ` ${percentage}`;
  for (const note of notes) {
    if (line.length + note.length + 3 > columns) break;
    line += ` · ${note}`;
  }
  return line.slice(0, columns);
}

/** The same for a file: no bar, and everything is in it. */
export function progressRecord({ what, share, leftMs, notes }: Moment): string {
  return [what + timeLeft(leftMs), percent(share), ...notes].join(", ");
}

function timeLeft(ms: number | null): string {
  return ms === null ? "" : `, ${durationText(ms)} left`;
}

function percent(share: number): string {
  return `${Math.floor(100 * share)}%`;
}

function barOf(share: number, width: number): string {
  const done = Math.round(share * width);
  return "█".repeat(done) + "░".repeat(width - done);
}

function notesWidth(notes: readonly string[]): number {
  return notes.reduce((width, note) => width + note.length + 3, 0);
}
