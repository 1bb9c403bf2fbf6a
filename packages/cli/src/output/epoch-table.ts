/**
 * The table of a training, a row per epoch. Printed row by row as it happens, so the widths are fixed beforehand; on a narrow screen it has
 * fewer columns, and the rest is in the run.
 */
import type { EvaluationEvent } from "@pixelcnn/core/training";

interface Column {
  readonly title: string;
  readonly cell: (epoch: EvaluationEvent) => string;
}

const columns: readonly Column[] = [
  { title: "epoch", cell: ({ epoch }) => String(epoch) },
  { title: "train nats", cell: ({ trainNats }) => trainNats.toFixed(2) },
  { title: "test nats", cell: ({ test }) => test.nats.toFixed(2) },
  { title: "test bits/dim", cell: ({ test }) => test.bitsPerDim.toFixed(4) },
  { title: "pictures/s", cell: ({ imagesPerSecond }) => imagesPerSecond.toFixed(1) },
];
const BETWEEN = "  ";

export interface EpochTable {
  /** Two lines. */
  readonly header: string;
  row(epoch: EvaluationEvent): string;
}

/** As many columns from the left as `width` characters have room for. */
export function epochTable(width: number): EpochTable {
  const shown = columns.filter((_, i) => lineOf(titles(columns.slice(0, i + 1))).length <= width);
  return {
    header: `${lineOf(titles(shown))}\n${lineOf(shown.map(({ title }) => "─".repeat(title.length)))}`,
    row: (epoch) => lineOf(shown.map(({ title, cell }) => cell(epoch).padStart(title.length))),
  };
}

function titles(of: readonly Column[]): string[] {
  return of.map(({ title }) => title);
}

function lineOf(cells: readonly string[]): string {
  return cells.join(BETWEEN);
}
