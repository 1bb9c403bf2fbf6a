/**
 * Where a run stands, read from the end of its log: a list of hundreds of runs must not read every record of each. Goes back
 * block by block, each twice as long as the one after it, until the newest step and the newest evaluation are found.
 */
import type { FileHandle } from "node:fs/promises";
import { layout } from "./layout.ts";
import { openRegular } from "./read-regular.ts";
import { parseRecord, type RunRecord } from "./records.ts";
import type { RecordOf } from "./run-history.ts";
import { RunsError } from "./runs-error.ts";

/** The newest record of each kind that was not taken back by `resumed`; null where there is none. */
export interface RunEnd {
  /** The first record: when the run began, and what computes it. */
  readonly started: RecordOf<"started"> | null;
  readonly step: RecordOf<"step"> | null;
  readonly evaluation: RecordOf<"evaluation"> | null;
  readonly done: RecordOf<"done"> | null;
  /** How far it is by the newest record of any kind: steps themselves are told at most twice a second, and the last one seldom. */
  readonly reached: { readonly step: number; readonly epoch: number } | null;
  /** Is there any record at all? */
  readonly isEmpty: boolean;
  /** Bytes that were read. */
  readonly bytesRead: number;
}

/** 16 KiB hold about a hundred records. */
const FIRST_BLOCK = 2 ** 14;
const LONGEST_BLOCK = 2 ** 22;
/** `started` is the first line. */
const HEAD_BYTES = 1024;
const LINE_BREAK = 0x0a;

/** @throws {RunsError} when there is no run. */
export async function readRunEnd(directory: string): Promise<RunEnd> {
  const file = await openRegular(layout.metrics(directory)).catch((cause) => {
    throw new RunsError(`expected a run directory with metrics.jsonl, got ${directory}`, { cause });
  });
  try {
    const { size } = await file.stat();
    const scan = new BackwardScan();
    let bytesRead = 0;
    let block = FIRST_BLOCK;
    for (let to = size; to > 0 && !scan.isComplete; block = Math.min(LONGEST_BLOCK, 2 * block)) {
      const from = Math.max(0, to - block);
      scan.read(await bytesOf(file, from, to), from === 0);
      bytesRead += to - from;
      to = from;
    }
    const head = await bytesOf(file, 0, Math.min(size, HEAD_BYTES));
    bytesRead += head.length;
    return { ...scan.found, started: startOf(head), bytesRead };
  } finally {
    await file.close();
  }
}

/** The lines of a log from the last to the first, whatever pieces they come in. */
class BackwardScan {
  #step: RecordOf<"step"> | null = null;
  #evaluation: RecordOf<"evaluation"> | null = null;
  #done: RecordOf<"done"> | null = null;
  #reached: RunEnd["reached"] = null;
  #isEmpty = true;
  /** What was told of later steps was taken back. */
  #limit = Number.POSITIVE_INFINITY;
  /** The beginning of the piece after: the end of a line that began before it. Null while no line break was seen. */
  #rest: Buffer | null = null;

  get isComplete(): boolean {
    return this.#step !== null && this.#evaluation !== null;
  }

  get found(): Omit<RunEnd, "started" | "bytesRead"> {
    return {
      ...{ step: this.#step, evaluation: this.#evaluation, done: this.#done },
      ...{ reached: this.#reached, isEmpty: this.#isEmpty },
    };
  }

  /** @param isFirst whether the log begins with this piece. */
  read(bytes: Buffer, isFirst: boolean): void {
    const last = bytes.lastIndexOf(LINE_BREAK);
    if (last < 0) {
      this.#rest = this.#rest === null ? null : Buffer.concat([bytes, this.#rest]);
      if (isFirst && this.#rest !== null) this.#readLine(this.#rest);
      return;
    }
    // Of the end of the log, what comes after the last line break is not there yet.
    if (this.#rest !== null) this.#readLine(Buffer.concat([bytes.subarray(last + 1), this.#rest]));
    const first = isFirst ? -1 : bytes.indexOf(LINE_BREAK);
    if (this.#step === null || bytes.includes('"evaluation"') || bytes.includes('"resumed"')) {
      for (let end = last; end > first && !this.isComplete; ) {
        const begin = end === 0 ? -1 : bytes.lastIndexOf(LINE_BREAK, end - 1);
        this.#readLine(bytes.subarray(begin + 1, end));
        end = begin;
      }
    }
    this.#rest = isFirst ? null : bytes.subarray(0, first);
  }

  #readLine(line: Buffer): void {
    if (this.#step !== null && line.includes('"type":"step"')) return;
    const record = parseRecord(line.toString("utf8"));
    if (record === null) return;
    this.#isEmpty = false;
    if (record.type === "resumed") {
      this.#limit = Math.min(this.#limit, record.step);
      return;
    }
    if ("step" in record && record.step <= this.#limit)
      this.#reached ??= { step: record.step, epoch: record.epoch };
    if (record.type === "done") {
      // A run that went on has not ended by what was said before.
      if (this.#limit === Number.POSITIVE_INFINITY) this.#done ??= record;
    } else if ("step" in record && record.step <= this.#limit) this.#keep(record);
  }

  #keep(record: RunRecord): void {
    if (record.type === "step") this.#step ??= record;
    else if (record.type === "evaluation") this.#evaluation ??= record;
  }
}

function startOf(head: Buffer): RecordOf<"started"> | null {
  const record = parseRecord(head.subarray(0, Math.max(0, head.indexOf(LINE_BREAK))).toString("utf8"));
  return record?.type === "started" ? record : null;
}

async function bytesOf(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(to - from), 0, to - from, from);
  return buffer.subarray(0, bytesRead);
}
