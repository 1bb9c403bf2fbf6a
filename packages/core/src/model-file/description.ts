/**
 * The JSON beside the weights: what a model file says of itself, as a schema. The schema decides only what has which type; a
 * graph is then checked by `defineNetwork`, the weights by `defineModel`.
 */

import * as v from "valibot";
import { BINARISE_KINDS } from "../data/binarise.ts";
import type { LikelihoodChoice } from "../likelihoods/likelihood.ts";
import type { MeanLikelihood } from "../likelihoods/mean-likelihood.ts";
import type { NetworkNode } from "../network/graph.ts";
import { PLANES } from "../network/operations/planes.ts";
import { MOST_COLOURS } from "../palette.ts";
import { isPrintable, printable } from "../printable.ts";
import { isDate } from "./date.ts";

/** The newest version of the format. A file has the lowest that says all that it holds, so that older releases read what they can. */
export const FORMAT_VERSION = 2;

/** Names appear in messages and tables, so they are one line of printable text. */
const name = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(256),
  v.check(isPrintable, "a name of printable characters"),
);
/** Told, never computed with; what a terminal would obey is made visible. */
const text = v.pipe(v.string(), v.maxLength(65_536), v.transform(printable));
const whole = v.pipe(v.number(), v.safeInteger());
const natural = v.pipe(whole, v.minValue(0));
const range = v.tuple([natural, natural]);

const tap = v.strictObject({
  dy: whole,
  dx: whole,
  pairs: v.pipe(v.array(v.tuple([natural, natural])), v.maxLength(9)),
});

const common = {
  name,
  inputs: v.pipe(v.array(name), v.maxLength(64)),
  groups: v.pipe(v.array(range), v.maxLength(3)),
};

type NodeOf<Op extends NetworkNode["op"]> = NetworkNode & { readonly op: Op };
type OwnFields<N extends NetworkNode> = {
  readonly [Field in Exclude<keyof N, "op" | keyof typeof common>]-?: v.GenericSchema<unknown, N[Field]>;
};

/** What each operation has besides name, inputs and groups. The type asks for every operation and every field of the graph. */
const ownFields: { readonly [Op in NetworkNode["op"]]: OwnFields<NodeOf<Op>> } = {
  input: {},
  embedding: { table: name },
  planes: { planes: v.pipe(v.array(v.picklist(PLANES)), v.maxLength(PLANES.length)) },
  convolution: {
    taps: v.pipe(v.array(tap), v.maxLength(4096)),
    dilation: natural,
    weight: name,
    bias: v.exactOptional(name),
  },
  bias: { bias: name, perClass: v.boolean() },
  add: {},
  concat: {},
  relu: {},
  elu: {},
  concatElu: {},
  gate: {},
  glu: {},
  batchNorm: { scale: name, shift: name, mean: name, variance: name, epsilon: v.number() },
  dropout: { rate: v.number() },
  attention: { heads: natural },
  lstm: {
    taps: v.pipe(v.array(tap), v.maxLength(4096)),
    cell: v.strictObject({ dy: whole, dx: whole }),
    weight: name,
  },
};

const node = v.variant(
  "op",
  Object.entries(ownFields).map(([op, own]) => v.strictObject({ op: v.literal(op), ...common, ...own })),
) as unknown as v.GenericSchema<unknown, NetworkNode>;

const likelihood = v.strictObject({
  images: natural,
  nats: v.number(),
  bitsPerDim: v.number(),
});

const byte = v.pipe(natural, v.maxValue(255));

/** Colours, one a level; which of them may stand together palette.ts says. */
const palette = v.pipe(v.array(v.tuple([byte, byte, byte, byte])), v.maxLength(MOST_COLOURS));

/** Where a model comes from and what was measured of it. Told, never computed with. */
export interface Provenance {
  /** Name of the data set. */
  readonly dataset: string;
  /** What was run. */
  readonly command: string;
  /** ISO 8601: a day, or a moment with its offset from UTC. */
  readonly date: string;
  /** Optimiser steps. */
  readonly steps: number;
  /** Mean over the last epoch while training, nats per picture. */
  readonly trainNats: number | null;
  readonly validation: MeanLikelihood | null;
  readonly test: MeanLikelihood | null;
}

const provenance: v.GenericSchema<unknown, Provenance> = v.strictObject({
  dataset: text,
  command: text,
  date: v.pipe(v.string(), v.check(isDate, "a date such as 2026-01-31 or 2026-01-31T12:00:00Z")),
  steps: natural,
  trainNats: v.nullable(v.number()),
  validation: v.nullable(likelihood),
  test: v.nullable(likelihood),
});

/** Likelihoods that are told nothing are their names. */
const chosenLikelihood = v.union([
  v.picklist(["bernoulli", "categorical"] satisfies LikelihoodChoice["kind"][]),
  v.strictObject({ kind: v.literal("mixture"), components: natural }),
]);

export const description = v.strictObject({
  formatVersion: v.pipe(whole, v.minValue(1), v.maxValue(FORMAT_VERSION)),
  picture: v.strictObject({
    height: natural,
    width: natural,
    channels: natural,
    levels: natural,
    palette: v.exactOptional(palette),
    unordered: v.exactOptional(v.literal(true)),
  }),
  classes: natural,
  encoding: v.strictObject({ scale: v.number(), offset: v.number() }),
  likelihood: chosenLikelihood,
  binarise: v.nullable(v.picklist(BINARISE_KINDS)),
  network: v.strictObject({ nodes: v.pipe(v.array(node), v.minLength(1), v.maxLength(4096)), output: name }),
  provenance,
});

export type Description = v.InferOutput<typeof description>;
