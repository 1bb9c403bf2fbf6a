// One file although long: a row for every rule of the page.
/** docs/model-format.md, rule by rule: what the page says a file must have is what reading one asks for. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { decodeModelFile, encodeModelFile, PixelCnnError } from "@pixelcnn/core";
import { describe, expect, it } from "vitest";
import { smallModel } from "../support/small-models.ts";
import { close, goodFile, type Json, open, withDescription, withHeader } from "./forge.ts";

const page = readFileSync(
  fileURLToPath(new URL("../../../../docs/model-format.md", import.meta.url)),
  "utf8",
).replace(/\s+/g, " ");

const node = (d: Json, op: string): Json => d.network.nodes.find((candidate: Json) => candidate.op === op);
const tensor = (header: Json, name: string): Json => header[name];

/** What the page says, a change that breaks it, and what reading it says then. */
type Rule = [said: string, change: (json: Json) => unknown, message: RegExp];

const ofHeader: Rule[] = [
  [
    "All tensors are `F32`, or in half the room `F16`",
    (h) => (tensor(h, "logits.bias").dtype = "BF16"),
    /expected dtype F32 or F16, got "BF16"/,
  ],
  [
    "none is empty",
    (h) => (h.none = { dtype: "F32", shape: [0], data_offsets: [0, 0] }),
    /"none": expected 0 bytes/,
  ],
  ["none overlaps another", (h) => (tensor(h, "logits.bias").data_offsets = [0, 4]), /expected \d+ bytes/],
  [
    "all of them are texts",
    (h) => (h.__metadata__.other = 1),
    /__metadata__: expected an object of texts, got another value at "other"/,
  ],
  [
    "tensors that no node names are refused",
    (h) => rename(h, "logits.bias", "bias.logits"),
    /"logits.bias": expected/,
  ],
  ["[F_out]", (h) => (tensor(h, "logits.bias").shape = [1, 1]), /expected shape \[1\], got \[1,1\]/],
];

const ofDescription: Rule[] = [
  ["| `formatVersion` | 1, or 2", (d) => (d.formatVersion = 3), /expected format version 1 or 2, got 3/],
  [
    "Version 1 has neither mixtures",
    (d) => asMixture(d, 1),
    /expected format version 2 for what the file holds, got 1/,
  ],
  ["M = 1 … 256", (d) => asMixture(d, 2, 0), /a mixture of 1 to 256 components, got 0/],
  [
    "[0, 3·M], [3·M, 6·M], [6·M, 10·M]",
    (d) => asMixture(d, 2),
    /logits in groups \[\[0,6\]\], got \[\[0,1\]\]/,
  ],
  ["H and W of at least 1", (d) => (d.picture.height = 0), /picture height of at least 1, got 0/],
  ["C = 1 or 3", (d) => (d.picture.channels = 2), /1 or 3 picture channels, got 2/],
  [
    "K = 2 … 65,536 levels",
    (d) => Object.assign(d, { formatVersion: 2, picture: { ...d.picture, levels: 65_537 } }),
    /2 to 65536 levels, got 65537/,
  ],
  ["integer ≥ 0 | number of class labels", (d) => (d.classes = -1), /classes: expected at least 0/],
  ["of at most 65,536 in size", (d) => (d.encoding.scale = 65_537), /at most 65536/],
  ["`scale` is not 0", (d) => (d.encoding.scale = 0), /a scale other than 0/],
  [
    "Bernoulli exactly when there are two levels",
    (d) => (d.likelihood = "categorical"),
    /expected likelihood bernoulli/,
  ],
  ["`null` for more levels", (d) => (d.binarise = null), /expected "binarise" exactly for two levels/],
  [
    "ISO 8601: `2026-01-31`",
    (d) => (d.provenance.date = "31 January 2026"),
    /date: expected a date such as 2026-01-31/,
  ],
  ["the day must exist", (d) => (d.provenance.date = "2026-02-30"), /date: expected a date/],
  ["`Z` or an offset", (d) => (d.provenance.date = "2026-01-31T12:00:00"), /date: expected a date/],
  [
    "A moment in `date` has seconds",
    (d) => (d.provenance.date = "2026-01-31T12:00Z"),
    /date: expected a date/,
  ],
  ["integer ≥ 0, never `null`", (d) => (d.provenance.steps = null), /steps: expected a number, got null/],
  ["the field is there and may be `null`", (d) => delete d.provenance.trainNats, /trainNats/],
  ["Unknown fields", (d) => (d.provenance.author = "me"), /author/],
  ["every node after its inputs", (d) => d.network.nodes.reverse(), /the first/],
  [
    "| `name` | unique",
    (d) => (d.network.nodes[2].name = d.network.nodes[1].name),
    /a name of its own|stand before/,
  ],
  ["one of the operations below", (d) => (node(d, "relu").op = "selu"), /op: expected/],
  ["without gaps, from 0", (d) => (node(d, "convolution").groups = [[1, 9]]), /without gaps/],
  ["F may not", (d) => (node(d, "convolution").groups = [[0, 0]]), /1 to 65536 channels/],
  [
    "the first node and the only one of its kind",
    (d) => (node(d, "relu").op = "input"),
    /exactly one input node/,
  ],
  [
    "the input is the node `input`",
    (d) => addTable(d, "logits"),
    /expected the picture as its input, got "logits"/,
  ],
  [
    "(version 2) y[f] = table",
    (d) => addTable(d, "input", 1),
    /expected format version 2 for what the file holds/,
  ],
  [
    "[K, F], row k of level k",
    (d) => addTable(d, "input"),
    /"names.table": expected 8 numbers \[2,4\], got none/,
  ],
  ["`dilation` ≥ 1", (d) => (node(d, "convolution").dilation = 0), /a dilation of at least 1/],
  [
    "inputs have equal groups",
    (d) => (node(d, "add").inputs[0] = "input"),
    /inputs with equal channel groups/,
  ],
  [
    "every group has an even number of channels",
    (d) => oddGate(d),
    /an even number of channels in every group/,
  ],
  [
    "A convolution has at least one tap",
    (d) => (node(d, "convolution").taps = []),
    /at least one tap, got none/,
  ],
  [
    "one for each offset",
    (d) => node(d, "convolution").taps.push(node(d, "convolution").taps[0]),
    /one tap for each/,
  ],
  [
    "`[output group, input group]`, at least one",
    (d) => (node(d, "convolution").taps[0].pairs = []),
    /different pairs/,
  ],
  ["none twice", (d) => node(d, "convolution").taps[0].pairs.push([0, 0]), /different pairs/],
  [
    "a tensor belongs to one node",
    (d) => (d.network.nodes.at(-1).bias = node(d, "convolution").bias),
    /another node owns/,
  ],
  ["`true` needs `classes` ≥ 1", (d) => (d.classes = 0), /a network with classes, got 0 classes/],
  ["[classes, F] when `perClass`", (d) => (d.classes = 3), /expected shape \[3,\d+\], got \[2,\d+\]/],
  [
    "The output node has C·K channels",
    (d) => (d.network.output = d.network.nodes[1].name),
    /logits in groups/,
  ],
  [
    "**Causal.**",
    (d) => Object.assign(node(d, "convolution").taps[0], { dy: 0, dx: 1 }),
    /see only earlier values/,
  ],
  [
    "names 1 … 256 printable characters",
    (d) => (d.network.nodes[1].name = "a\u0007"),
    /printable characters/,
  ],
  [
    "inputs of a node ≤ 64",
    (d) => (node(d, "add").inputs = Array(65).fill("input")),
    /inputs: expected a length of at most 64, got 65/,
  ],
  ["at most 4,096 away", (d) => (node(d, "convolution").taps[0].dy = -4097), /whole offsets of at most 4096/],
  [
    "texts ≤ 65,536 characters",
    (d) => (d.provenance.command = "x".repeat(65_537)),
    /command: expected a length of at most 65536/,
  ],
];

/** A table, of which no node makes use. */
function addTable(description: Json, input: string, formatVersion = 2): void {
  description.formatVersion = formatVersion;
  const names = { op: "embedding", name: "names", inputs: [input], groups: [[0, 4]], table: "names.table" };
  description.network.nodes.push(names);
}

const said = (text: string) => expect(page, "the page").toContain(text);

function expectRefusal(file: Uint8Array, message: RegExp): void {
  expect(() => decodeModelFile(file)).toThrow(PixelCnnError);
  expect(() => decodeModelFile(file)).toThrow(message);
}

describe("a file is refused that does not keep the page's word", () => {
  it.each(ofHeader)("%s", (text, change, message) => {
    said(text);
    expectRefusal(
      withHeader((header) => void change(header)),
      message,
    );
  });

  it.each(ofDescription)("%s", (text, change, message) => {
    said(text);
    expectRefusal(
      withDescription((description) => void change(description)),
      message,
    );
  });

  it.each([
    ["no NaN, no infinity", Number.NaN, /finite numbers/],
    ["no NaN, no infinity", Number.NEGATIVE_INFINITY, /finite numbers/],
  ])("%s: %s", (text, value, message) => {
    said(text);
    const { text: header, data } = open(goodFile);
    const changed = data.slice();
    new DataView(changed.buffer).setFloat32(0, value, true);
    expectRefusal(close(header, changed), message);
  });

  it.each([
    ["`variance` ≥ 0", "layer1.batchNorm.variance", 0, /variances of at least 0/],
    [
      "whose groups no pair of its tap connects must be 0",
      "logits.weight",
      3,
      /expected 0 where the taps' pairs forbid/,
    ],
  ])("%s", (text, name, index, message) => {
    said(text);
    const picture = { height: 3, width: 3, channels: 3, levels: 2 };
    const { header, data } = open(fileOf(smallModel("naive", { picture, channels: 3, layers: 1 })));
    // The fourth weight is that from G to the logits of R.
    const changed = data.slice();
    new DataView(changed.buffer).setFloat32(header[name].data_offsets[0] + 4 * index, -1, true);
    expectRefusal(close(JSON.stringify(header), changed), message);
  });
});

describe("a file is read that keeps the page's word in another way than ours", () => {
  it.each([
    "2026-01-31",
    "2024-02-29",
    "2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00.123456+00:00",
    "2026-01-31T23:59:59-11:30",
  ])("date %s", (date) => {
    const file = withDescription((d) => {
      d.provenance.date = date;
    });
    expect(decodeModelFile(file).provenance.date).toBe(date);
  });

  it("header entries in another order, and not padded", () => {
    said("its entries may stand in any order");
    const { header, data } = open(goodFile);
    const turned = JSON.stringify(Object.fromEntries(Object.entries(header).reverse()));
    expect(decodeModelFile(close(turned, data))).toEqual(decodeModelFile(goodFile));
  });

  it("taps in another order, with the weights in theirs", () => {
    said("Taps may stand in any order; the weights follow theirs.");
    const { model, ...rest } = decodeModelFile(goodFile);
    const [convolution] = model.network.nodes.filter(({ op }) => op === "convolution");
    const { name, weight, taps } = convolution as Extract<typeof convolution, { op: "convolution" }>;
    const values = model.weights.get(weight)!;
    const size = values.length / taps.length;
    const turned = taps.flatMap((_, t) => {
      const from = (taps.length - 1 - t) * size;
      return [...values.subarray(from, from + size)];
    });
    const nodes = model.network.nodes.map((node) =>
      node.name === name ? { ...node, taps: [...taps].reverse() } : node,
    );
    const file = encodeModelFile({
      model: {
        network: { ...model.network, nodes: nodes as never },
        weights: new Map(model.weights).set(weight, Float32Array.from(turned)),
      },
      ...rest,
    });
    expect(decodeModelFile(file).model.weights.get(weight)).toEqual(Float32Array.from(turned));
  });
});

it("a file that could not be read again is not written", () => {
  const { model, preparation, provenance } = decodeModelFile(goodFile);
  const write = () =>
    encodeModelFile({ model, preparation, provenance: { ...provenance, date: "yesterday" } });
  expect(write).toThrow(/date: expected a date/);
});

function fileOf(model: ReturnType<typeof smallModel>): Uint8Array {
  const { provenance } = decodeModelFile(goodFile);
  return encodeModelFile({ model, preparation: { levels: 2, binarise: "threshold" }, provenance });
}

function rename(header: Json, from: string, to: string): void {
  header[to] = header[from];
  delete header[from];
}

function asMixture(d: Json, formatVersion: number, components = 2): void {
  Object.assign(d, { formatVersion, likelihood: { kind: "mixture", components } });
}

/** A gate behind a convolution of three channels. */
function oddGate(d: Json): void {
  const gate = node(d, "gate");
  const source = d.network.nodes.find(({ name }: Json) => name === gate.inputs[0]);
  Object.assign(source, {
    op: "convolution",
    inputs: ["input"],
    dilation: 1,
    weight: "odd",
    groups: [[0, 3]],
  });
  source.taps = [{ dy: -1, dx: 0, pairs: [[0, 0]] }];
  for (const key of ["perClass", "bias"]) delete source[key];
}
