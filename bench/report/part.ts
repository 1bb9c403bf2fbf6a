/** A part of the report: measured in a child process of its own, told row by row, shown as a section of the page. */

/** One line of a part's findings: for the report's JSON, and for the part's own section. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** What a part is told. */
export interface Settings {
  /** Folder of the report, for what a part leaves there. */
  readonly out: string;
  /** A Python that may have PyTorch and JAX; null for none. */
  readonly python: string | null;
  /** Pictures of a training step, each measured in turn. */
  readonly batches: readonly number[];
  readonly precisions: readonly ("float32" | "tf32")[];
  /** Of one measurement. */
  readonly seconds: number;
  /** Compared with those on the processor. */
  readonly steps: number;
  /** Pictures drawn together, each measured in turn. */
  readonly drawn: readonly number[];
  /** Model that is drawn from: a path. */
  readonly model: string;
  /** Names of configs to train for what is left of the time. */
  readonly configs: readonly string[];
  /** Whether peers without a GPU are measured on the processor: a rehearsal, which says nothing about a GPU. */
  readonly rehearsal: boolean;
}

/** Who hears of what a part finds, as it finds it. */
export interface Listener {
  row(row: Row): void;
  note(text: string): void;
}

/** A part of the report. */
export interface Part {
  readonly title: string;
  /** The most that it may take of a report of so many seconds. */
  limitSeconds(reportSeconds: number): number;
  /**
   * Measures; in a process that may be killed at any time after the deadline.
   * @param deadline milliseconds since 1970
   * @throws {RefusedError} where this machine lacks what it is about
   */
  run(settings: Settings, listener: Listener, deadline: number): Promise<void>;
  /** Its section in Markdown, of the rows that there are. */
  section(rows: readonly Row[]): string;
}

/** What a part is about is not on this machine. */
export class RefusedError extends Error {
  override name = "RefusedError";
}
