/** A worker that holds models, from the page's side: started by the first who needs it, started again when it dies. */
import { type Remote, wrap } from "comlink";

/** What a worker needs of a model. */
export interface ModelSource {
  readonly id: string;
  /** A run's file is written again and again: it is loaded anew every time. */
  readonly source: "site" | "run" | "file";
  /** The file. @param isUnasked the visitor did not ask for it. @throws when it cannot be fetched. */
  read(isUnasked?: boolean): Promise<ArrayBuffer>;
}

/** @typeParam Engine what the worker exposes. @typeParam Loaded what it tells of a model that it has loaded. */
interface ModelWorkerOptions<Engine, Loaded> {
  /** Starts the worker. */
  readonly open: () => Worker;
  /** Told of every new engine, before anything is asked of it. */
  readonly onStart?: (engine: Remote<Engine>) => void;
  /** Hands the bytes over to the engine. */
  readonly load: (engine: Remote<Engine>, id: string, bytes: ArrayBuffer) => Promise<Loaded>;
  /** A sentence for the visitor when the worker dies. */
  readonly endMessage: (cause: string) => string;
}

export class ModelWorker<Engine, Loaded> {
  #running: RunningWorker<Engine, Loaded> | null = null;
  readonly #options: ModelWorkerOptions<Engine, Loaded>;

  constructor(options: ModelWorkerOptions<Engine, Loaded>) {
    this.#options = options;
  }

  /** The worker as it runs now. Whoever holds something of its engine, a session say, asks this one again: the next worker knows nothing of it. */
  get running(): RunningWorker<Engine, Loaded> {
    return this.#start();
  }

  /** Asks the worker that runs now. @throws a sentence when it ends before it answers. */
  ask<T>(question: (engine: Remote<Engine>) => Promise<T>): Promise<T> {
    return this.#start().ask(question);
  }

  /** Loads a model into the worker, once; that of a training again every time. @throws what core says of a bad file, or the network of a missing one. */
  loadModel(entry: ModelSource, isUnasked = false): Promise<Loaded> {
    const known = this.#start().models.get(entry.id);
    // Another file of the same name is another model, and a training goes on writing its own.
    const isSame = known !== undefined && (known.entry === null || known.entry === entry);
    if (isSame && entry.source !== "run") return known.loading;
    return this.#remember(
      entry.id,
      entry.read(isUnasked).then((bytes) => this.#load(entry.id, bytes)),
      entry,
    );
  }

  /** Loads a model from bytes, which are handed over to the worker, in the place of one of the same id. */
  loadBytes(id: string, bytes: ArrayBuffer): Promise<Loaded> {
    return this.#remember(id, this.#load(id, bytes), null);
  }

  /** Ends the worker in whatever it does. The next question starts another one. */
  stop(): void {
    if (this.#running !== null) this.#end(this.#running, "it was stopped");
  }

  #end(running: RunningWorker<Engine, Loaded>, cause: string): void {
    if (this.#running === running) this.#running = null;
    running.end(new Error(this.#options.endMessage(cause)));
  }

  #load(id: string, bytes: ArrayBuffer): Promise<Loaded> {
    return this.ask((engine) => this.#options.load(engine, id, bytes));
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

  #start(): RunningWorker<Engine, Loaded> {
    if (this.#running !== null) return this.#running;
    const worker = this.#options.open();
    const running = new RunningWorker<Engine, Loaded>(worker);
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#end(running, event.message || "its worker ended");
    });
    this.#running = running;
    this.#options.onStart?.(running.engine);
    return running;
  }
}

/** One worker from its start to its end. */
export class RunningWorker<Engine, Loaded> {
  readonly engine: Remote<Engine>;
  /** Models that are being loaded or are loaded, by id; without an entry when their bytes came first. */
  readonly models = new Map<
    string,
    { readonly entry: ModelSource | null; readonly loading: Promise<Loaded> }
  >();
  readonly #worker: Worker;
  /** How to tell those who wait for an answer that none will come. */
  readonly #waiting = new Set<(reason: Error) => void>();
  /** Why it ended; null while it runs. */
  #ended: Error | null = null;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.engine = wrap<Engine>(worker);
  }

  /**
   * The worker's answer. A worker that has ended never gives one: then the promise is rejected, at once when it ended before. No race with
   * a promise of the worker's end: that one would keep the answers of everybody who ever raced with it.
   */
  ask<T>(question: (engine: Remote<Engine>) => Promise<T>): Promise<T> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      question(this.engine)
        .then(resolve, reject)
        .finally(() => this.#waiting.delete(reject));
    });
  }

  /** Stops the worker. @param reason what everybody is told who asks, or waits for an answer. */
  end(reason: Error): void {
    this.#worker.terminate();
    this.#ended = reason;
    for (const reject of this.#waiting) reject(reason);
    this.#waiting.clear();
  }
}
