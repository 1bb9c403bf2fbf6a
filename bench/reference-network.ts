import { countWeights, gated, type Network } from "@pixelcnn/core";

const WEIGHTS = 132_673;

/** The network that every bench measures: gated, 32 channels, 6 blocks, 28×28, two levels, one class; 132,673 weights. */
export function referenceNetwork(): Network {
  const picture = { height: 28, width: 28, channels: 1, levels: 2 };
  const network = gated({ picture, channels: 32, layers: 6, classes: 1, dilations: [1] });
  if (countWeights(network) !== WEIGHTS)
    throw new Error(`expected ${WEIGHTS} weights, got ${countWeights(network)}`);
  return network;
}
