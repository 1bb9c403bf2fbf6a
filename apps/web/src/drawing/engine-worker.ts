/** A worker that draws, from the page's side: started by the first who needs it, started again when it dies. */
import { type Remote, transfer, wrap } from "comlink";
import type { ModelEntry } from "../models/model-entry.ts";
import type { ModelSummary } from "../models/model-summary.ts";
import type { DrawingEngine } from "./drawing-engine.ts";

interface Running {
  readonly worker: Worker;
  readonly engine: Remote<DrawingEngine>;
  /** Rejects when the worker dies. */
  readonly death: Promise<never>;
  /** Models that are being loaded or are loaded, by id. */
  readonly models: Map<string, Promise<ModelSummary>>;
}

export class EngineWorker {
  #running: Running | null = null;
  readonly #open: () => Worker;
  readonly #greet: (engine: Remote<DrawingEngine>) => void;

  /**
   * @param open starts the worker, which exposes a DrawingEngine.
   * @param greet told of every new engine, before anything is asked of it.
   */
  constructor(open: () => Worker, greet: (engine: Remote<DrawingEngine>) => void = () => {}) {
    this.#open = open;
    this.#greet = greet;
  }

  get engine(): Remote<DrawingEngine> {
    return this.#start().engine;
  }

  /** Loads a model into the worker, once; that of a training again for every drawing. @throws what core says of a bad file, or the network of a missing one. */
  loadModel(entry: ModelEntry): Promise<ModelSummary> {
    const { models } = this.#start();
    const known = models.get(entry.id);
    // A training goes on writing its model: each drawing takes the newest.
    if (known !== undefined && entry.source !== "run") return known;
    return this.#remember(
      entry.id,
      entry.read().then((bytes) => this.#load(entry.id, bytes)),
    );
  }

  /** Loads a model from bytes, which are handed over to the worker, in the place of one of the same id. */
  loadBytes(id: string, bytes: ArrayBuffer): Promise<ModelSummary> {
    return this.#remember(id, this.#load(id, bytes));
  }

  /** The same promise, but rejected when the worker dies, which would leave it open for ever. */
  alive<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#start().death]);
  }

  /** Ends the worker in whatever it does. The next question starts another one. */
  stop(): void {
    this.#running?.worker.terminate();
    this.#running = null;
  }

  #load(id: string, bytes: ArrayBuffer): Promise<ModelSummary> {
    return this.alive(this.engine.load(id, transfer(bytes, [bytes])));
  }

  /** A failure is not remembered: the next one who asks tries again. */
  #remember(id: string, loading: Promise<ModelSummary>): Promise<ModelSummary> {
    const { models } = this.#start();
    const before = models.get(id);
    models.set(id, loading);
    loading.catch(() => {
      if (models.get(id) !== loading) return;
      if (before === undefined) models.delete(id);
      else models.set(id, before);
    });
    return loading;
  }

  #start(): Running {
    if (this.#running !== null) return this.#running;
    const worker = this.#open();
    const engine = wrap<DrawingEngine>(worker);
    const death = new Promise<never>((_, reject) => {
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        worker.terminate();
        if (this.#running?.worker === worker) this.#running = null;
        reject(
          new Error(`The drawing stopped: ${event.message || "its worker ended"}. Draw again to go on.`),
        );
      });
    });
    death.catch(() => {}); // told to those who wait for something
    this.#running = { worker, engine, death, models: new Map() };
    this.#greet(engine);
    return this.#running;
  }
}
