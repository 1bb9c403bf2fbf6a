/** Model files with the operations and masks that no shipped model has. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildPreset,
  defineNetwork,
  encodeModelFile,
  maskedKernel,
  type Network,
  NetworkBuilder,
  pointwise,
  rowsAbove,
} from "@pixelcnn/core";
import { randomModel } from "../support/tiny-model.ts";

const colour = { height: 5, width: 4, channels: 3, levels: 8 };
const binary = { height: 5, width: 4, channels: 3, levels: 2 };

const likelihood = { kind: "mixture", components: 3 } as const;
const planes = ["inside", "row", "column"] as const;

/** @returns name and path of every file. */
export function writeOddModels(folder: string): (readonly [name: string, path: string])[] {
  const networks = {
    naive: buildPreset("naive", { picture: colour, channels: 8, layers: 3 }),
    pixelcnn: buildPreset("pixelcnn", { picture: binary, channels: 7, layers: 2, classes: 3 }),
    "pixelcnn++": buildPreset("pixelcnn++", { picture: colour, channels: 7, layers: 3, classes: 3 }),
    "pixelcnn++, mixture": buildPreset("pixelcnn++", { picture: colour, channels: 7, layers: 3, likelihood }),
    "local, planes": buildPreset("local", { picture: colour, channels: 7, planes }),
    snail: buildPreset("snail", { picture: colour, channels: 7, layers: 2, classes: 3 }),
    "snail, mixture": buildPreset("snail", { picture: colour, channels: 9, layers: 1, likelihood, heads: 3 }),
    "row-lstm": buildPreset("row-lstm", { picture: colour, channels: 7, layers: 2, classes: 3 }),
    "diagonal-bilstm": buildPreset("diagonal-bilstm", { picture: binary, channels: 9, layers: 2 }),
    "gated, embedding": buildPreset("gated", { picture: colour, channels: 7, layers: 2, embedding: 5 }),
    "gated, float16": buildPreset("gated", { picture: colour, channels: 6, layers: 2, classes: 2 }),
    "hand-built": handBuilt(),
  };
  return Object.entries(networks).map(([name, network]) => {
    const path = join(folder, `${name}.safetensors`);
    const { levels } = network.picture;
    const provenance = { dataset: "none", command: "none", date: "2024-01-01T00:00:00Z", steps: 0 };
    const model = randomModel(network);
    // Sums of many gated layers grow with such weights until rounding is all that their logits are.
    if (name.startsWith("pixelcnn++")) {
      for (const values of model.weights.values()) values.set(values.map((value) => value / 3));
    }
    const described = {
      model,
      preparation: { levels, binarise: levels === 2 ? ("threshold" as const) : null },
      provenance: { ...provenance, trainNats: null, validation: null, test: null },
    };
    const file = encodeModelFile(described, name.endsWith("float16") ? "F16" : "F32");
    writeFileSync(path, file);
    return [name, path] as const;
  });
}

/**
 * Concatenation of uneven groups, elu, gate, dropout, taps out of order, a bias of one vector for all classes; names that
 * PyTorch has for itself, or that differ where it takes no dots.
 */
function handBuilt(): Network {
  const net = new NetworkBuilder(colour, 2);
  const x = net.input();
  const a = net.elu("a", net.convolution("look.up", x, { channels: 4, taps: rowsAbove(3, 3), dilation: 2 }));
  const taps = [...maskedKernel(3, "A", 3)].reverse();
  const b = net.dropout(
    "drop",
    net.gate("b", net.convolution("look__up", x, { channels: 12, taps: taps })),
    0.5,
  );
  const both = net.batchNorm("norm", net.concat("both", a, b));
  const network = net.logits(net.classBias("class", both), pointwise(3));
  const { groups } = network.nodes.at(-1)!;
  const vector = {
    op: "bias",
    name: "vector",
    inputs: [network.output],
    groups,
    bias: "keys",
  } as const;
  return defineNetwork({
    ...network,
    nodes: [...network.nodes, { ...vector, perClass: false }],
    output: "vector",
  });
}
