/**
 * A sum at one position: its inputs are gathered into workgroup memory, the invocations split inputs and output channels among
 * them, and the parts are added up.
 *
 *     gather       staged[i] = input i                                     all invocations, neighbours read neighbours
 *     multiply     invocation (slice, column): four output channels over the slice's inputs
 *     reduce       output f = activation(bias + Σ_slices part + Σ addends)
 */
import { channelsWritten, inputCount, roundUp, type Sum } from "../../lowering/index.ts";
import { storeActivated } from "./activation.ts";
import { each } from "./each.ts";
import type { PositionGenerator } from "./generation.ts";
import type { Region } from "./operation-text.ts";
import type { PackedSum } from "./pack-weights.ts";
import { gather, inPlace, inputTable, type Source } from "./sum-inputs.ts";

/** How a sum is divided among the invocations. */
interface Split {
  /** Vectors of four output channels. */
  readonly columns: number;
  /** Parts that the inputs are cut into, each for other invocations. */
  readonly slices: number;
}

/** Inputs of a slice that are worth an invocation. */
const SLICE_INPUTS = 8;
const MAX_SLICES = 32;
/**
 * So few inputs of a slice are added up one by one, more of them by fours: of a text that reads memory in many places a driver takes longer to compile
 * than it wins by having four products under way.
 */
const FEW_INPUTS = 16;

export function splitOf({ channels }: Sum, inputs: number, invocations: number): Split {
  const columns = Math.ceil(channels / 4);
  let slices = 1;
  while (
    slices < MAX_SLICES &&
    2 * slices * columns <= invocations &&
    inputs / (2 * slices) >= SLICE_INPUTS
  ) {
    slices *= 2;
  }
  return { columns, slices };
}

export function positionSum(generator: PositionGenerator, sum: Sum): void {
  const { packer, invocations, stagedFloats } = generator;
  const inputs = inputCount(sum.windows);
  const { columns, slices } = splitOf(sum, inputs, invocations);
  const together = inputs > FEW_INPUTS * slices ? 4 : 1;
  const step = together * slices;
  const padded = roundUp(inputs, step);
  const packed = packer.sum(sum, padded);
  if (inputs === 0) {
    finish(generator, sum, "0.0", packed);
    return;
  }
  const blocks = Math.ceil(columns / invocations);
  for (let block = 0; block < blocks; block++) generator.text.addText(`var sum${block} = vec4f();`);
  const source = padded === inputs ? inPlace(generator, sum.windows, slices) : null;
  if (source !== null) {
    multiply(generator, { columns, slices, together, count: padded, weights: packed.weights, source });
  } else {
    const table = inputTable(generator, sum.windows);
    const most = Math.floor(stagedFloats / step) * step;
    for (let from = 0; from < padded; from += most) {
      const count = Math.min(most, padded - from);
      gather(generator, sum.windows, table, { from, count });
      const source: Source = {
        memory: "staged",
        first: `slice * ${count / slices}u`,
        region: { space: "staged", start: 0, end: count },
      };
      const weights = packed.weights + from * columns;
      multiply(generator, { columns, slices, together, count, weights, source });
    }
  }
  if (slices > 1) reduce(generator, sum, { columns, slices }, packed);
  else for (let block = 0; block < blocks; block++) spread(generator, sum, block, packed);
}

interface Product extends Split {
  /** Inputs that are added up at a time. */
  readonly together: number;
  /** Inputs, a multiple of together·slices. */
  readonly count: number;
  /** Where their weights begin. */
  readonly weights: number;
  readonly source: Source;
}

/** Adds the inputs' products to the invocations' sums. */
function multiply({ text, invocations }: PositionGenerator, product: Product): void {
  const { columns, slices, together, count, weights, source } = product;
  const inputs = count / slices;
  for (let block = 0; block * invocations < columns; block++) {
    const lanes = Math.min(invocations, (columns - block * invocations) * slices);
    const terms = Array.from(
      { length: together },
      (_, i) => `${source.memory}[input + ${i}u] * weights[at + ${i * columns}u]`,
    );
    text.add({
      reads: [source.region],
      writes: [],
      code: `if (lane < ${lanes}u) {
  let slice = lane / ${columns}u;
  var at = ${text.at(weights + block * invocations)} + slice * ${inputs * columns}u + lane % ${columns}u;
  var input = ${source.first};
  for (var turn = 0u; turn < ${inputs / together}u; turn++) {
    sum${block} += ${terms.join(" + ")};
    at += ${together * columns}u;
    input += ${together}u;
  }
}`,
    });
  }
}

/** Adds up what the slices have. */
function reduce(generator: PositionGenerator, sum: Sum, { columns, slices }: Split, packed: PackedSum): void {
  const partial: Region = { space: "partial", start: 0, end: columns * slices };
  generator.text.add({
    reads: [],
    writes: [partial],
    code: `if (lane < ${columns * slices}u) { partial[lane] = sum0; }`,
  });
  finish(generator, sum, "total", packed, {
    reads: [partial],
    code: `var total = 0.0;
  for (var slice = 0u; slice < ${slices}u; slice++) { total += partial[slice * ${columns}u + f / 4u][f % 4u]; }`,
  });
}

/** Channel f is an invocation's own, `value` its sum of products. */
function finish(
  generator: PositionGenerator,
  sum: Sum,
  value: string,
  packed: PackedSum,
  before: { readonly reads: readonly Region[]; readonly code: string } = { reads: [], code: "" },
): void {
  const { text, invocations } = generator;
  text.add({
    reads: [...before.reads, ...addendRegions(generator, sum)],
    writes: generator.addresses.regions(sum.target, channelsWritten(sum)),
    code: each(
      "f",
      { to: sum.channels },
      invocations,
      `${before.code}\n  ${store(generator, sum, value, packed)}`,
    ),
  });
}

/** Where there is one slice, an invocation has four channels by itself. */
function spread(generator: PositionGenerator, sum: Sum, block: number, packed: PackedSum): void {
  generator.text.add({
    reads: addendRegions(generator, sum),
    writes: generator.addresses.regions(sum.target, channelsWritten(sum)),
    code: `for (var j = 0u; j < 4u; j++) {
  let f = (${block * generator.invocations}u + lane) * 4u + j;
  if (f < ${sum.channels}u) { ${store(generator, sum, `sum${block}[j]`, packed)} }
}`,
  });
}

function store({ addresses, text }: PositionGenerator, sum: Sum, value: string, { bias }: PackedSum): string {
  const addends = sum.addends.map((slot) => addresses.load(slot, "f"));
  const total = [`constants[${text.at(bias)} + f]`, value, ...addends].join(" + ");
  return storeActivated(addresses, sum, total);
}

function addendRegions({ addresses }: PositionGenerator, { addends, channels }: Sum): Region[] {
  return addends.flatMap((slot) => addresses.regions(slot, channels));
}
