/** What is known so far, as JSON and as a page: both are written anew whenever something is added, whole or not at all. */
import { join } from "node:path";
import { writeAtomic } from "@pixelcnn/runs";
import type { Machine } from "./machine.ts";
import { pageOf } from "./page.ts";
import type { Row } from "./part.ts";
import type { PartName } from "./parts.ts";
import type { Ending } from "./run-part.ts";

/** A part, as far as it is. */
export interface PartState {
  readonly name: PartName;
  readonly outcome: "waiting" | "running" | Ending["outcome"];
  readonly reason: string | null;
  readonly limitSeconds: number | null;
  readonly elapsedSeconds: number | null;
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
}

/** The whole report. */
export interface ReportState {
  readonly started: string;
  readonly minutes: number;
  readonly rehearsal: boolean;
  /** Null while it is under way. */
  readonly finished: string | null;
  readonly machine: Machine;
  readonly parts: readonly PartState[];
}

export class Report {
  #state: ReportState;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    readonly folder: string,
    state: Omit<ReportState, "parts" | "finished">,
    names: readonly PartName[],
  ) {
    const waiting = { outcome: "waiting", reason: null, limitSeconds: null, elapsedSeconds: null } as const;
    const parts = names.map((name): PartState => ({ name, ...waiting, rows: [], notes: [] }));
    this.#state = { ...state, finished: null, parts };
  }

  get json(): string {
    return join(this.folder, "report.json");
  }

  get page(): string {
    return join(this.folder, "report.md");
  }

  /** Changes what is known of a part. */
  change(name: PartName, change: (part: PartState) => Partial<PartState>): void {
    const parts = this.#state.parts.map((part) => (part.name === name ? { ...part, ...change(part) } : part));
    this.#state = { ...this.#state, parts };
    this.#write();
  }

  /** Waits until all that is known is written. */
  async written(): Promise<void> {
    await this.#writing;
  }

  /** The end, written. */
  async finish(): Promise<void> {
    this.#state = { ...this.#state, finished: new Date().toISOString() };
    this.#write();
    await this.written();
  }

  /** Of changes that come while one is being written, the last is written. */
  #write(): void {
    const state = this.#state;
    this.#writing = this.#writing.then(async () => {
      if (state !== this.#state) return;
      await writeAtomic(this.json, `${JSON.stringify(state, null, 2)}\n`);
      await writeAtomic(this.page, pageOf(state));
    });
  }
}
