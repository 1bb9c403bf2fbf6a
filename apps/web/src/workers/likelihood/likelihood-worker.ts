/** The page's one likelihood worker. */
import { type Remote, transfer } from "comlink";
import { type ModelSource, ModelWorker } from "../model-worker.ts";
import type { LikelihoodEngine } from "./likelihood-engine.ts";

const likelihoodWorker = new ModelWorker<LikelihoodEngine, void>({
  open: () => new Worker(new URL("./likelihood.worker.ts", import.meta.url), { type: "module" }),
  load: (engine, id, bytes) => engine.load(id, transfer(bytes, [bytes])),
  endMessage: (cause) => `The likelihood worker stopped: ${cause}. Choose the model again.`,
});

/** Asks the engine about a model, which is loaded first. @throws what core says of a bad file, or the network of a missing one. */
export async function askLikelihood<T>(
  entry: ModelSource,
  question: (engine: Remote<LikelihoodEngine>) => Promise<T>,
): Promise<T> {
  const loaded = likelihoodWorker.loadModel(entry);
  return likelihoodWorker.ask((engine) => loaded.then(() => question(engine)));
}
