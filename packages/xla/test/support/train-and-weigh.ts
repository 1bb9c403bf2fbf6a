/** A process of its own: trains a small network and tells how much memory it holds after 200 and after 2,000 steps, in bytes. */
import { initialise } from "@pixelcnn/core/training";
import { adam, cases, networkOf, noiseBatch } from "../../../core/test/support/small-trainings.ts";
import { XlaEngine } from "../../src/index.ts";
import { startClient } from "./client.ts";

const network = networkOf(cases[0]!);
const client = await startClient();
const engine = await XlaEngine.start(client, initialise(network, 1), adam);
const batch = noiseBatch(network, 4, 1);
const held: number[] = [];
for (let step = 1; step <= 2000; step++) {
  await engine.train(batch, 1e-3, { seed: 0, indices: [0, 1, 2, 3], step });
  if (step === 200 || step === 2000) {
    for (let i = 0; i < 5; i++) globalThis.gc!();
    held.push(process.memoryUsage().rss);
  }
}
await engine.dispose();
await client.dispose();
process.stdout.write(JSON.stringify(held));
