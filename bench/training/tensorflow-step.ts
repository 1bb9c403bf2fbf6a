/** The step on TensorFlow.js, with gradients on several threads where the backend has them, and its product. */
import { engineOf, type StartableBackend, startBackend, trainingEngine } from "@pixelcnn/backends";
import type { Model } from "@pixelcnn/core";
import type { Batch } from "@pixelcnn/core/data";
import { dispose, matMul, randomUniform, type Tensor2D, version_core } from "@tensorflow/tfjs-core";
import type { Step } from "./step.ts";
import { LEARNING_RATE, PRODUCT_SIZE, rule } from "./task.ts";

export async function startTensorflow(
  backend: StartableBackend,
  model: Model,
  batch: Batch,
  threads: number,
): Promise<Step> {
  await startBackend(backend);
  const workers = engineOf(backend).threads === null ? 1 : threads;
  const trainer = await trainingEngine(model.network, backend, workers)(model, rule);
  const indices = Array.from(batch.labels, (_, index) => index);
  const shape: [number, number] = [PRODUCT_SIZE, PRODUCT_SIZE];
  const sides = [randomUniform(shape), randomUniform(shape)] as [Tensor2D, Tensor2D];
  return {
    library: `TensorFlow.js ${version_core}, ${backend}`,
    compileSeconds: () => null,
    queueLength: trainer.queueLength,
    parallelProducts: workers, // the product itself is one thread's
    async train() {
      const dropout = { seed: 0, indices, step: trainer.step + 1 };
      return (await trainer.train(batch, LEARNING_RATE, dropout)).nats;
    },
    async multiply() {
      const product = matMul(...sides);
      await product.data();
      product.dispose();
    },
    async end() {
      dispose(sides);
      await trainer.dispose();
    },
  };
}
