/** The step on TensorFlow.js, with gradients on several threads where the backend has them, and its product. */
import { engineOf, type StartableBackend, startBackend } from "@pixelcnn/backends";
import type { Model } from "@pixelcnn/core";
import type { Batch } from "@pixelcnn/core/data";
import { Trainer } from "@pixelcnn/core/training";
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
  const severally = engineOf(backend).threads;
  const workers = severally === null ? 1 : threads;
  const trainer = new Trainer(model, {
    ...rule,
    gradients: severally === null || workers === 1 ? undefined : await severally(model.network, workers),
  });
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
