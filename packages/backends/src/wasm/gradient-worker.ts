/** Entry of a worker thread: computes gradients of shards in a memory of its own. */
import { parentPort, workerData } from "node:worker_threads";
import { ProgramGradients } from "@pixelcnn/wasm-engine";
import type { ShardAnswer, ShardRequest, WorkerSetup } from "./gradient-messages.ts";
import { enableRelaxedSimd } from "./relaxed-simd.ts";

const setup = workerData as WorkerSetup;
const weights = new Float32Array(setup.weights);
const gradient = new Float32Array(setup.gradient);
const statistics = new Float32Array(setup.statistics);
const answer = (message: ShardAnswer) => parentPort!.postMessage(message);

enableRelaxedSimd();
const gradients = new ProgramGradients(setup.network);
parentPort!.on("message", ({ batch, ...dropout }: ShardRequest) => {
  try {
    const result = gradients.compute(weights, batch, dropout);
    gradient.set(result.gradient);
    if (result.statistics !== null) statistics.set(result.statistics);
    answer({ type: "gradient", nats: result.nats });
  } catch (error) {
    answer({ type: "failed", message: String(error) });
  }
});
answer({ type: "ready" });
