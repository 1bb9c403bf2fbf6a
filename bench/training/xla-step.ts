/** The step that XLA compiled, and XLA's own product. */
import { startXla as startClient } from "@pixelcnn/backends/xla";
import type { Model } from "@pixelcnn/core";
import { Trace } from "@pixelcnn/core/computation";
import type { Batch } from "@pixelcnn/core/data";
import { printModule, XlaEngine } from "@pixelcnn/xla";
import type { Place } from "./contender.ts";
import type { Step } from "./step.ts";
import { LEARNING_RATE, PRODUCT_SIZE, rule } from "./task.ts";

export async function startXla(model: Model, batch: Batch, precision: Place["precision"]): Promise<Step> {
  const { client, name } = await startClient();
  let compileSeconds: number | null = null;
  const engine = await XlaEngine.start(client, model, rule, {
    precision,
    onCompiled: (_, elapsedMs) => {
      compileSeconds ??= elapsedMs / 1000;
    },
  });
  let steps = 0;
  const indices = Array.from(batch.labels, (_, index) => index);

  const shape = [PRODUCT_SIZE, PRODUCT_SIZE];
  const trace = new Trace();
  const product = trace.product(trace.argument("a", shape), trace.argument("b", shape));
  const program = await client.compile(printModule(trace.finish({ product })));
  const side = () => client.upload(new Float32Array(PRODUCT_SIZE ** 2).map(Math.random), shape);
  const sides = [await side(), await side()];

  return {
    library: `XLA from Node, ${name}`,
    compileSeconds: () => compileSeconds,
    parallelProducts: 1,
    queueLength: engine.queueLength,
    async train() {
      steps++;
      const dropout = { seed: 0, indices, step: steps };
      return (await engine.train(batch, LEARNING_RATE, dropout)).nats;
    },
    async multiply() {
      const [[result]] = (await program.execute([sides])) as [[(typeof sides)[number]]];
      await result.ready();
      result.dispose();
    },
    async end() {
      for (const owned of [...sides, program]) owned.dispose();
      await engine.dispose();
      await client.dispose();
    },
  };
}
