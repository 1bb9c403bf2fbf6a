import {
  channelCount,
  colourText,
  countWeights,
  type ModelFile,
  type Network,
  type NetworkNode,
  type ReceptiveField,
  receptiveField,
  scheduleOf,
} from "@pixelcnn/core";
import { bytesPerPicture } from "@pixelcnn/core/incremental";
import { bytesText } from "../output/bytes-text.ts";
import { fitColumns, fitLine, screenWidth, tableWidth, wrap } from "../output/columns.ts";
import { levelsText } from "../output/levels-text.ts";
import { ofPictures } from "../output/of-pictures.ts";
import { type OutputFlags, outputFor } from "../output/print.ts";
import type { Stage } from "../output/program-text.ts";
import { smallPicture, widePicture } from "../output/receptive-field-picture.ts";
import { readModel } from "../read-model.ts";

/** Lines of a screen of 24 that are left for the receptive field beside all the rest. */
const MOST_PICTURE_LINES = 12;
const INDENT = 12;

type Fact = readonly [what: string, value: string];
/** Facts that may be very long: a line of each is shown, unless all is. The others go on below themselves. */
const CUT: readonly string[] = ["colours", "made by"];
/** Column of the nodes that goes on below itself on a narrow screen. */
const INPUTS = 5;

export async function runDescribe(
  name: string,
  flags: OutputFlags & { readonly full?: boolean; readonly program?: Stage },
): Promise<void> {
  const file = await readModel(name);
  const { network } = file.model;
  if (flags.program !== undefined) {
    const { programText } = await import("../output/program-text.ts");
    process.stdout.write(`${programText(network, flags.program)}\n`);
    return;
  }
  const { picture } = network;
  const fields = Array.from({ length: picture.channels }, (_, channel) => receptiveField(network, channel));
  const output = outputFor(flags);
  output.json({
    weights: countWeights(network),
    bytesPerPicture: bytesPerPicture(file.model),
    picture,
    classes: network.classes,
    preparation: file.preparation,
    provenance: file.provenance,
    receptiveField: fields.map(({ seen, blindSpot, reach }) => ({
      seen: seen.length,
      blindSpot: blindSpot.length,
      reach,
    })),
    nodes: network.nodes,
  });
  if (flags.json === true) return;
  const isFull = flags.full === true;
  const width = isFull ? tableWidth() : screenWidth();
  const field = fields.at(-1)!;
  const pictureLines = isFull ? widePicture(field) : smallPictureIn(field, width);
  for (const fact of factsOf(file, field)) output.line(factText(fact, width, isFull));
  for (const line of pictureLines) output.line(" ".repeat(INDENT) + line);
  output.line(factText(["nodes", operationsOf(network)], width, isFull));
  if (isFull) output.line(nodeTable(network, width));
  else {
    const drawn = pictureLines.length > 0 ? "" : ", draws what it sees";
    output.line(wrap(`--full lists them${drawn}, and cuts nothing`, width, INDENT).join("\n"));
  }
}

function factText([what, value]: Fact, width: number, isFull: boolean): string {
  const start = what.padEnd(INDENT);
  if (!CUT.includes(what)) return start + wrap(value, width, INDENT).join("\n").trimStart();
  // In full it is one line, so that a command can be copied.
  return isFull ? start + value : fitLine(start + value, width);
}

function factsOf({ model, preparation, provenance }: ModelFile, field: ReceptiveField): Fact[] {
  const { picture, classes, likelihood } = model.network;
  const kind =
    preparation.binarise === null || picture.palette ? "" : `, ${preparation.binarise} binarisation`;
  const { seen, blindSpot, reach } = field;
  const facts: Fact[] = [
    ["picture", `${picture.height}×${picture.width}×${picture.channels}, ${levelsText(picture)}${kind}`],
    ...(picture.palette ? [["colours", picture.palette.map(colourText).join(" ")] satisfies Fact] : []),
    ...(likelihood?.kind === "mixture"
      ? [["values", `mixtures of ${likelihood.components} discretised logistics`] satisfies Fact]
      : []),
    ...model.network.nodes
      .filter(({ op }) => op === "embedding")
      .map(({ groups }): Fact => {
        const columns = Math.max(...groups.map(([start, end]) => end - start));
        return ["levels", `looked up in a table, ${columns} numbers each`];
      }),
    ["classes", String(classes)],
    ["weights", countWeights(model.network).toLocaleString("en")],
    ["memory", `${bytesText(bytesPerPicture(model))} a picture while it is drawn`],
    ["data set", `${provenance.dataset}, ${provenance.steps.toLocaleString("en")} steps`],
    ["made by", provenance.command],
    ["made on", provenance.date],
  ];
  if (provenance.test !== null) {
    const { nats, bitsPerDim, images } = provenance.test;
    const pictures = `${ofPictures(images, provenance.dataset)} pictures`;
    facts.push(["test", `${nats.toFixed(2)} nats, ${bitsPerDim.toFixed(4)} bits/dim (${pictures})`]);
  }
  const reached = `${reach.up} rows up, ${reach.left} columns left, ${reach.right} right`;
  facts.push(["sees", `${seen.length} values: ${reached}; blind spot ${blindSpot.length}`]);
  return facts;
}

/** Nothing where it takes more than a screen. */
function smallPictureIn(field: ReceptiveField, width: number): string[] {
  const lines = smallPicture(field);
  const fits = lines.length <= MOST_PICTURE_LINES && lines.every((line) => line.length + INDENT <= width);
  return fits ? lines : [];
}

/** "57: 24 convolution, 12 add, …", the most frequent first. */
function operationsOf({ nodes }: Network): string {
  const counts = new Map<string, number>();
  for (const { op } of nodes) counts.set(op, (counts.get(op) ?? 0) + 1);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([op, count]) => `${count} ${op}`);
  return `${nodes.length}: ${parts.join(", ")}`;
}

function nodeTable(network: Network, width: number): string {
  const rows = scheduleOf(network).map(({ node, kind }) => [
    node.name,
    node.op,
    String(channelCount(node)),
    tapsOf(node),
    kind,
    node.inputs.join(", "),
  ]);
  const head = ["node", "operation", "channels", "taps", "computed per", "inputs"];
  return fitColumns([head, ...rows], width, INPUTS).join("\n");
}

function tapsOf(node: NetworkNode): string {
  if (node.op !== "convolution") return "";
  return node.dilation === 1 ? String(node.taps.length) : `${node.taps.length}, dilation ${node.dilation}`;
}
