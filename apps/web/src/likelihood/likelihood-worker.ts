/** The page's one likelihood worker: started by the first who needs it, started again when it dies. */
import { type Remote, transfer, wrap } from "comlink";
import type { ModelEntry } from "../models/model-entry.ts";
import type { LikelihoodEngine } from "./likelihood-engine.ts";

interface Running {
  readonly engine: Remote<LikelihoodEngine>;
  /** Rejects when the worker dies. */
  readonly death: Promise<never>;
  /** Models that are being loaded or are loaded, by id. */
  readonly models: Map<string, { readonly entry: ModelEntry; readonly loading: Promise<void> }>;
}

let running: Running | null = null;

/** Asks the engine about a model, which is loaded first. @throws what core says of a bad file, or the network of a missing one. */
export async function askLikelihood<T>(
  entry: ModelEntry,
  question: (engine: Remote<LikelihoodEngine>) => Promise<T>,
): Promise<T> {
  const { engine, death } = start();
  const answer = load(entry).then(() => question(engine));
  return Promise.race([answer, death]);
}

function load(entry: ModelEntry): Promise<void> {
  const { engine, models } = start();
  const known = models.get(entry.id);
  // Another file of the same name is another model, and a training goes on writing its own.
  if (known?.entry === entry && entry.source !== "run") return known.loading;
  const loading = entry.read().then((bytes) => engine.load(entry.id, transfer(bytes, [bytes])));
  models.set(entry.id, { entry, loading });
  // A failure is not remembered: the next one who asks tries again.
  loading.catch(() => models.delete(entry.id));
  return loading;
}

function start(): Running {
  if (running !== null) return running;
  const worker = new Worker(new URL("./likelihood.worker.ts", import.meta.url), { type: "module" });
  const engine = wrap<LikelihoodEngine>(worker);
  const death = new Promise<never>((_, reject) => {
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      worker.terminate();
      running = null;
      reject(
        new Error(`The likelihood worker stopped: ${event.message || "it ended"}. Choose the model again.`),
      );
    });
  });
  death.catch(() => {}); // told to those who wait for something
  running = { engine, death, models: new Map() };
  return running;
}
