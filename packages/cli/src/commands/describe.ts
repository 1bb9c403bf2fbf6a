import {
  channelCount,
  countWeights,
  type Network,
  type NetworkNode,
  receptiveField,
  scheduleOf,
} from "@pixelcnn/core";
import Table from "cli-table3";
import { readModel } from "../model-files/read-model.ts";
import { type OutputFlags, outputFor } from "../output/print.ts";

export async function runDescribe(modelFile: string, flags: OutputFlags): Promise<void> {
  const { model, preparation, provenance } = await readModel(modelFile);
  const { network } = model;
  const { picture, classes } = network;
  const weights = countWeights(network);
  const fields = Array.from({ length: picture.channels }, (_, channel) => receptiveField(network, channel));
  const output = outputFor(flags);
  output.json({
    weights,
    picture,
    classes,
    preparation,
    provenance,
    receptiveField: fields.map(({ seen, blindSpot, reach }) => ({
      seen: seen.length,
      blindSpot: blindSpot.length,
      reach,
    })),
    nodes: network.nodes,
  });
  const kind = preparation.binarise === null ? "" : `, ${preparation.binarise} binarisation`;
  output.line(
    `picture     ${picture.height}×${picture.width}×${picture.channels}, ${picture.levels} levels${kind}`,
  );
  output.line(`classes     ${classes}`);
  output.line(`weights     ${weights.toLocaleString("en")}`);
  output.line(`data set    ${provenance.dataset}, ${provenance.steps.toLocaleString("en")} steps`);
  output.line(`made by     ${provenance.command}`);
  output.line(`made on     ${provenance.date}`);
  if (provenance.test !== null) {
    const { nats, bitsPerDim, images } = provenance.test;
    output.line(
      `test        ${nats.toFixed(2)} nats, ${bitsPerDim.toFixed(4)} bits/dim (${images} pictures)`,
    );
  }
  const { seen, blindSpot, reach } = fields.at(-1)!;
  output.line(
    `sees        ${seen.length} values: ${reach.up} rows up, ${reach.left} columns left, ${reach.right} right; ` +
      `blind spot ${blindSpot.length}`,
  );
  output.line(fieldPicture(network));
  output.line(nodeTable(network));
}

/** The receptive field of the last channel's logits: # seen, · not seen although earlier, @ the pixel itself. */
function fieldPicture(network: Network): string {
  const { seen, reach } = receptiveField(network, network.picture.channels - 1);
  const places = new Set(seen.map(({ dy, dx }) => `${dy},${dx}`));
  const rows: string[] = [];
  for (let dy = -reach.up; dy <= 0; dy++) {
    let row = "            ";
    for (let dx = -reach.left; dx <= (dy === 0 ? 0 : reach.right); dx++) {
      row += dy === 0 && dx === 0 ? "@ " : places.has(`${dy},${dx}`) ? "# " : "· ";
    }
    rows.push(row.trimEnd());
  }
  return rows.join("\n");
}

function nodeTable(network: Network): string {
  const table = new Table({
    head: ["node", "operation", "inputs", "channels", "taps", "computed"],
    style: { head: [], border: [] },
  });
  for (const { node, kind } of scheduleOf(network)) {
    table.push([node.name, node.op, node.inputs.join(", "), channelCount(node), tapsOf(node), `per ${kind}`]);
  }
  return table.toString();
}

function tapsOf(node: NetworkNode): string {
  if (node.op !== "convolution") return "";
  return node.dilation === 1 ? String(node.taps.length) : `${node.taps.length}, dilation ${node.dilation}`;
}
