/** Entry of a worker thread: computes gradients of shards on a backend of its own. */
import { parentPort, workerData } from "node:worker_threads";
import { LocalGradients } from "@pixelcnn/core/training";
import { dispose, tensor1d } from "@tensorflow/tfjs-core";
import type { ShardAnswer, ShardRequest, WorkerSetup } from "./gradient-messages.ts";
import { startWasm } from "./start-wasm.ts";

const setup = workerData as WorkerSetup;
const weights = new Float32Array(setup.weights);
const gradient = new Float32Array(setup.gradient);
const statistics = new Float32Array(setup.statistics);
const answer = (message: ShardAnswer) => parentPort!.postMessage(message);

try {
  await startWasm();
  const gradients = new LocalGradients(setup.network);
  parentPort!.on("message", async ({ batch, ...dropout }: ShardRequest) => {
    const current = tensor1d(weights.slice());
    try {
      const result = await gradients.compute({ weights: current, batch, dropout });
      gradient.set(await result.gradient.data());
      if (result.statistics !== null) statistics.set(await result.statistics.data());
      dispose([result.gradient, ...(result.statistics === null ? [] : [result.statistics])]);
      answer({ type: "gradient", nats: result.nats });
    } catch (error) {
      answer({ type: "failed", message: String(error) });
    } finally {
      current.dispose();
    }
  });
  answer({ type: "ready" });
} catch (error) {
  answer({ type: "failed", message: String(error) });
}
