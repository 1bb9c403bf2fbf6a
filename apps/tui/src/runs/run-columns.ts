/** What the list says of a run, column by column: how it is written, and by what runs are sorted. */
import type { RunStatus } from "./run-status.ts";

export interface RunColumn {
  readonly name: string;
  /** Characters; 0 for the name, which gets what is left. */
  readonly width: number;
  readonly align: "left" | "right";
  /** Columns of the list from which on there is room for it. */
  readonly from: number;
  readonly text: (run: RunStatus) => string;
  /** Null comes last, whichever way the list is sorted. */
  readonly value: (run: RunStatus) => number | string | null;
}

const NONE = "–";

function figure(
  name: string,
  [width, from]: readonly [width: number, from: number],
  value: (run: RunStatus) => number | null,
  write: (value: number) => string,
): RunColumn {
  const text = (run: RunStatus) => {
    const found = value(run);
    return found === null ? NONE : write(found);
  };
  return { name, width, align: "right", from, text, value };
}

function word(
  name: string,
  [width, from]: readonly [width: number, from: number],
  value: (run: RunStatus) => string,
): RunColumn {
  return { name, width, align: "left", from, text: value, value: (run) => value(run) || null };
}

/** In the order in which they are shown. */
export const runColumns = [
  word("run", [0, 0], ({ name }) => name),
  word("standing", [11, 0], ({ standing }) => standing),
  figure("epoch", [6, 64], ({ epoch }) => epoch, String),
  figure("step", [9, 64], ({ step }) => step, String),
  figure(
    "test nats",
    [10, 0],
    ({ testNats }) => testNats,
    (nats) => nats.toFixed(2),
  ),
  figure(
    "bits/dim",
    [9, 88],
    ({ bitsPerDim }) => bitsPerDim,
    (bits) => bits.toFixed(4),
  ),
  figure(
    "pictures/s",
    [11, 102],
    ({ imagesPerSecond }) => imagesPerSecond,
    (speed) => speed.toFixed(1),
  ),
  figure("began", [16, 116], ({ beganMs }) => beganMs, minuteOf),
  word("engine", [8, 130], ({ backend }) => backend),
  word("model", [12, 150], ({ config }) => said(config, "model")),
  word("data set", [16, 150], ({ config }) => said(config, "dataset")),
] as const satisfies readonly RunColumn[];

/** Those for which a list of so many columns has room. */
export function shownColumns(columns: number): readonly RunColumn[] {
  return runColumns.filter(({ from }) => columns >= from);
}

function said(config: RunStatus["config"], key: string): string {
  const value = config?.[key];
  return typeof value === "string" ? value : "";
}

/** "2024-01-31 12:00", in UTC as everything in a run is. */
function minuteOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace("T", " ");
}
