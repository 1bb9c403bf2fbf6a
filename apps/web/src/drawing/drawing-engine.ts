/** What the drawing worker offers to the page, through Comlink. It holds the models; the page holds only summaries. */
import { decodeModelFile, incrementalReader, type Model, type Reader, sample } from "@pixelcnn/core";
import { type ProxyMarked, proxy } from "comlink";
import type { ModelSummary } from "../models/model-summary.ts";
import { summarise } from "../models/summarise.ts";
import type { DeviceStatus, Measurement, ReaderChoice } from "./device-status.ts";
import type { DrawingRequest } from "./drawing-request.ts";
import { DrawingSession } from "./drawing-session.ts";
import { type ChooseReader, ReaderSource } from "./reader-source.ts";

/** Pictures of one measurement: enough to fill a batch, few enough to wait for. */
const MEASURED_COUNT = 16;

export class DrawingEngine {
  readonly #models = new Map<string, Model>();
  readonly #readers: ReaderSource;
  #tell: (status: DeviceStatus) => void = () => {};

  /** @param choose how a choice becomes a reader. */
  constructor(choose?: ChooseReader) {
    this.#readers = new ReaderSource((status) => this.#tell(status), choose);
  }

  /** Every change of reader is told from now on. */
  listen(tell: ((status: DeviceStatus) => void) & ProxyMarked): void {
    this.#tell = tell;
  }

  choose(choice: ReaderChoice): void {
    this.#readers.choose(choice);
  }

  /** Which reader draws now. Asks for the GPU when nobody has yet. */
  async device(): Promise<DeviceStatus> {
    return (await this.#readers.current()).status;
  }

  has(id: string): boolean {
    return this.#models.has(id);
  }

  /**
   * Reads a model file, whoever made it, and keeps the model under `id`.
   *
   * @throws {PixelCnnError} of core when the bytes are no model file, or not what they should be.
   */
  load(id: string, bytes: ArrayBuffer): ModelSummary {
    const file = decodeModelFile(new Uint8Array(bytes));
    this.#models.set(id, file.model);
    return summarise(file);
  }

  /** Begins a drawing; nothing is computed until its first `next`. The caller closes it. */
  open(id: string, request: DrawingRequest): DrawingSession & ProxyMarked {
    return proxy(new DrawingSession(this.#model(id), request, this.#readers));
  }

  /** Draws with the current reader and, when that is another one, with the incremental reader on one core. */
  async measure(id: string): Promise<Measurement[]> {
    const model = this.#model(id);
    const { reader, status } = await this.#readers.current();
    const current = { reader: status.reader, ...(await timed(model, reader)) };
    if (status.reader === "incremental") return [current];
    return [current, { reader: "incremental", ...(await timed(model, incrementalReader)) }];
  }

  #model(id: string): Model {
    const model = this.#models.get(id);
    if (model === undefined) throw new Error(`expected a model that was loaded before, got ${id}`);
    return model;
  }
}

/** The second of two runs: the first pays for compiling and allocating. */
async function timed(model: Model, reader: Reader): Promise<Omit<Measurement, "reader">> {
  let ms = 0;
  for (let run = 0; run < 2; run++) {
    const start = performance.now();
    for await (const _ of sample(model, {
      count: MEASURED_COUNT,
      seed: run,
      batchSize: MEASURED_COUNT,
      ...(model.network.classes > 0 && { classLabel: 0 }),
      reader,
    })) {
      // Only the time is wanted.
    }
    ms = performance.now() - start;
  }
  return { count: MEASURED_COUNT, msPerPicture: ms / MEASURED_COUNT };
}
