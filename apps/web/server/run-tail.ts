/** Reads a run's records piece by piece, as they are written. */
import { open, stat } from "node:fs/promises";
import { layout, parseRecords, type RunRecord } from "@pixelcnn/runs";

/** Bytes of one piece: what a slow visitor makes the server hold. */
const PIECE_BYTES = 2 ** 20;
const LINE_BREAK = 0x0a;

export interface RunPiece {
  /** These are the first ones: what was told before belongs to a file that is gone. */
  readonly isFirst: boolean;
  readonly records: readonly RunRecord[];
}

export class RunTail {
  readonly #path: string;
  /** Of the file that is read; another number is another file of the same name. */
  #inode: number | null = null;
  /** Bytes of whole lines that were told. */
  #told = 0;
  /** Bytes that were there at the last look. */
  #seen = 0;

  constructor(directory: string) {
    this.#path = layout.metrics(directory);
  }

  /** What was written since the last piece; null when nothing was. @throws when the run went away, or its records are no plain file. */
  async next(): Promise<RunPiece | null> {
    const metrics = await stat(this.#path);
    // Reading a pipe would wait for a writer.
    if (!metrics.isFile()) throw new Error(`expected a plain file, got ${this.#path}`);
    const { ino, size } = metrics;
    const isFirst = ino !== this.#inode || size < this.#told;
    if (!isFirst && size === this.#seen) return null;
    const from = isFirst ? 0 : this.#told;
    const bytes = await this.#read(from, size);
    this.#inode = ino;
    this.#told = from + bytes.length;
    // A piece that was cut off is gone on with at once.
    this.#seen = size - from > PIECE_BYTES ? this.#told : size;
    if (bytes.length === 0 && !isFirst) return null;
    return { isFirst, records: parseRecords(new TextDecoder().decode(bytes)) };
  }

  /** The whole lines between two places. */
  async #read(from: number, to: number): Promise<Uint8Array> {
    const file = await open(this.#path, "r");
    try {
      for (let length = Math.min(to - from, PIECE_BYTES); ; length *= 2) {
        const bytes = new Uint8Array(Math.min(to - from, length));
        const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
        const end = bytes.lastIndexOf(LINE_BREAK, bytesRead - 1) + 1;
        // A line longer than a piece is read whole.
        if (end > 0 || bytesRead < bytes.length || length >= to - from) return bytes.subarray(0, end);
      }
    } finally {
      await file.close();
    }
  }
}
