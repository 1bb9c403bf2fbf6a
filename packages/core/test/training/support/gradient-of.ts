import { dispose, tensor1d } from "@tensorflow/tfjs-core";
import type { Batch } from "../../../src/data/index.ts";
import type { Network } from "../../../src/network/graph.ts";
import { FlatLayout, LocalGradients } from "../../../src/training/index.ts";
import { randomWeights } from "../../support/random-model.ts";
import { noDropout } from "./small-training.ts";

/** The gradient of a batch at random weights; nothing is left on the backend. */
export async function gradientOf(network: Network, batch: Batch) {
  const gradients = new LocalGradients(network);
  const weights = tensor1d(new FlatLayout(network).flattenWeights(randomWeights(network, 3)));
  const { gradient, nats, statistics } = await gradients.compute({ weights, batch, dropout: noDropout });
  const values = await gradient.data<"float32">();
  gradients.dispose();
  dispose([weights, gradient, ...(statistics === null ? [] : [statistics])]);
  return { gradient: values, nats };
}
