/**
 * The JSON beside the weights: what a model file says of itself, as a schema. The schema decides only what has which type; a
 * graph is then checked by `defineNetwork`, the weights by `defineModel`.
 */
import * as v from "valibot";
import { BINARISE_KINDS } from "../data/binarise.ts";
import { isPrintable, printable } from "./printable.ts";

export const FORMAT_VERSION = 1;

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

const node = v.variant("op", [
  v.strictObject({ op: v.literal("input"), ...common }),
  v.strictObject({
    op: v.literal("convolution"),
    ...common,
    taps: v.pipe(v.array(tap), v.maxLength(4096)),
    dilation: natural,
    weight: name,
    bias: v.exactOptional(name),
  }),
  v.strictObject({ op: v.literal("bias"), ...common, bias: name, perClass: v.boolean() }),
  v.strictObject({ op: v.literal("add"), ...common }),
  v.strictObject({ op: v.literal("concat"), ...common }),
  v.strictObject({ op: v.literal("relu"), ...common }),
  v.strictObject({ op: v.literal("elu"), ...common }),
  v.strictObject({ op: v.literal("gate"), ...common }),
  v.strictObject({
    op: v.literal("batchNorm"),
    ...common,
    scale: name,
    shift: name,
    mean: name,
    variance: name,
    epsilon: v.number(),
  }),
  v.strictObject({ op: v.literal("dropout"), ...common, rate: v.number() }),
]);

const likelihood = v.strictObject({
  images: natural,
  nats: v.number(),
  bitsPerDim: v.number(),
});

const provenance = v.strictObject({
  /** Name of the data set. */
  dataset: text,
  /** What was run. */
  command: text,
  /** ISO 8601. */
  date: text,
  steps: natural,
  /** Mean over the last epoch while training, nats a picture. */
  trainNats: v.nullable(v.number()),
  validation: v.nullable(likelihood),
  test: v.nullable(likelihood),
});

export const description = v.strictObject({
  formatVersion: v.literal(FORMAT_VERSION),
  picture: v.strictObject({ height: natural, width: natural, channels: natural, levels: natural }),
  classes: natural,
  encoding: v.strictObject({ scale: v.number(), offset: v.number() }),
  likelihood: v.picklist(["bernoulli", "categorical"]),
  binarise: v.nullable(v.picklist(BINARISE_KINDS)),
  network: v.strictObject({ nodes: v.pipe(v.array(node), v.minLength(1), v.maxLength(4096)), output: name }),
  provenance,
});

export type Description = v.InferOutput<typeof description>;

/** Where a model comes from and what was measured of it. */
export type Provenance = v.InferOutput<typeof provenance>;
