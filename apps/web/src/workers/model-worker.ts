/** A worker that holds models, from the page's side: started by the first who needs it, started again when it dies. */
import { type Remote, wrap } from "comlink";

/** What a worker needs of a model. */
export interface ModelSource {
  readonly id: string;
  /** A run's file is written again and again: it is loaded anew every time. */
  readonly source: "site" | "run" | "file";
  /** The file. @throws when it cannot be fetched. */
  read(): Promise<ArrayBuffer>;
}

/** @typeParam Engine what the worker exposes. @typeParam Loaded what it tells of a model that it has loaded. */
interface ModelWorkerOptions<Engine, Loaded> {
  /** Starts the worker. */
  readonly open: () => Worker;
  /** Told of every new engine, before anything is asked of it. */
  readonly greet?: (engine: Remote<Engine>) => void;
  /** Hands the bytes over to the engine. */
  readonly load: (engine: Remote<Engine>, id: string, bytes: ArrayBuffer) => Promise<Loaded>;
  /** A sentence for the visitor when the worker dies. */
  readonly obituary: (cause: string) => string;
}

interface Running<Engine, Loaded> {
  readonly worker: Worker;
  readonly engine: Remote<Engine>;
  /** How to tell those who wait for an answer that none will come. */
  readonly waiting: Set<(reason: Error) => void>;
  /** Models that are being loaded or are loaded, by id; without an entry when their bytes came first. */
  readonly models: Map<string, { readonly entry: ModelSource | null; readonly loading: Promise<Loaded> }>;
}

export class ModelWorker<Engine, Loaded> {
  #running: Running<Engine, Loaded> | null = null;
  readonly #options: ModelWorkerOptions<Engine, Loaded>;

  constructor(options: ModelWorkerOptions<Engine, Loaded>) {
    this.#options = options;
  }

  get engine(): Remote<Engine> {
    return this.#start().engine;
  }

  /** Loads a model into the worker, once; that of a training again every time. @throws what core says of a bad file, or the network of a missing one. */
  loadModel(entry: ModelSource): Promise<Loaded> {
    const known = this.#start().models.get(entry.id);
    // Another file of the same name is another model, and a training goes on writing its own.
    const isSame = known !== undefined && (known.entry === null || known.entry === entry);
    if (isSame && entry.source !== "run") return known.loading;
    return this.#remember(
      entry.id,
      entry.read().then((bytes) => this.#load(entry.id, bytes)),
      entry,
    );
  }

  /** Loads a model from bytes, which are handed over to the worker, in the place of one of the same id. */
  loadBytes(id: string, bytes: ArrayBuffer): Promise<Loaded> {
    return this.#remember(id, this.#load(id, bytes), null);
  }

  /**
   * The same promise, but rejected when the worker ends, which would leave it open for ever. No race with a promise of the
   * worker's end: that one would keep the answers of everybody who ever raced with it.
   */
  alive<T>(promise: Promise<T>): Promise<T> {
    const { waiting } = this.#start();
    return new Promise((resolve, reject) => {
      waiting.add(reject);
      promise.then(resolve, reject).finally(() => waiting.delete(reject));
    });
  }

  /** Ends the worker in whatever it does. The next question starts another one. */
  stop(): void {
    if (this.#running !== null) this.#end(this.#running, "it was stopped");
  }

  #end(running: Running<Engine, Loaded>, cause: string): void {
    running.worker.terminate();
    if (this.#running === running) this.#running = null;
    const reason = new Error(this.#options.obituary(cause));
    for (const reject of running.waiting) reject(reason);
    running.waiting.clear();
  }

  #load(id: string, bytes: ArrayBuffer): Promise<Loaded> {
    return this.alive(this.#options.load(this.engine, id, bytes));
  }

  /** A failure is not remembered: the next one who asks tries again. */
  #remember(id: string, loading: Promise<Loaded>, entry: ModelSource | null): Promise<Loaded> {
    const { models } = this.#start();
    const before = models.get(id);
    const now = { entry, loading };
    models.set(id, now);
    loading.catch(() => {
      if (models.get(id) !== now) return;
      if (before === undefined) models.delete(id);
      else models.set(id, before);
    });
    return loading;
  }

  #start(): Running<Engine, Loaded> {
    if (this.#running !== null) return this.#running;
    const { open, greet } = this.#options;
    const worker = open();
    const engine = wrap<Engine>(worker);
    const running: Running<Engine, Loaded> = { worker, engine, waiting: new Set(), models: new Map() };
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#end(running, event.message || "its worker ended");
    });
    this.#running = running;
    greet?.(engine);
    return running;
  }
}
