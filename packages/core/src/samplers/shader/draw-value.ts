/**
 * The draw of one value, as likelihoods/pick-level.ts has it: the first level whose running sum passes u·S, and where rounding
 * leaves none, the last. More than 16 levels are cut into √K blocks, 16 at least, which the invocations share: the largest logit of a
 * block, then the sum of its exponentials; the first invocation finds the block and then the level. Sums have at most √K + √K terms,
 * which keeps float32 within a few 1e-7, and nothing is as long as K but the logits.
 */
import type { LikelihoodKind } from "../../likelihoods/likelihood.ts";
import { likelihoodOf, logitsRead } from "../../likelihoods/likelihoods.ts";
import type { Lookup } from "../../lowering/index.ts";
import type { Network } from "../../network/graph.ts";
import type { PositionGenerator } from "./generation.ts";
import { FLOATS_PER_COMPONENT, MIXTURE_FUNCTIONS, mixtureValue, sharedOf } from "./mixture-value.ts";
import type { Region } from "./operation-text.ts";

/** In a pixel's word: the level is known beforehand; or, afterwards, nothing could be drawn, since logits were not finite. */
export const KNOWN = 0x10000;
export const FAULT = 0x20000;
/** The bits of the level. */
export const LEVEL = 0xffff;

/** So few levels are drawn by one invocation. */
const FEW = 16;

/** Blocks of the levels where there are more. */
function blocksOf(levels: number): number {
  return Math.max(FEW, Math.ceil(Math.sqrt(levels)));
}

/** Floats of workgroup memory a block: its largest logit, whether one is strange, the sums of its exponentials at T and at 1. */
const FLOATS_PER_BLOCK = 4;

/** Floats of workgroup memory that the draw of a value takes. */
export function floatsOfDraw({ picture, likelihood }: Network): number {
  if (likelihood?.kind === "mixture") return FLOATS_PER_COMPONENT * likelihood.components;
  return picture.levels <= FEW ? 0 : FLOATS_PER_BLOCK * blocksOf(picture.levels);
}

/** Draws channel `channel` at the position, writes its level, and its encoded value and the rows that it names where taps read them. */
export function drawValue(generator: PositionGenerator, channel: number): void {
  const { network, text, addresses, plan } = generator;
  const { picture } = network;
  const code = drawOf[likelihoodOf(network).kind](generator, channel);
  const [start, end] = logitsRead(network)[channel]!;
  const lookups = plan.lookups.filter((lookup) => lookup.channel === channel);
  text.add({
    reads: [
      ...addresses.regions({ buffer: plan.output, channel: start }, end - start),
      ...sharedByOthers(generator),
    ],
    writes: [
      ...addresses.regions({ buffer: 0, channel: 0 }, picture.channels),
      ...lookups.flatMap(({ target, channels }) => addresses.regions(target, channels)),
      ...(network.likelihood?.kind === "mixture" ? [sharedOf(network.likelihood.components)] : []),
    ],
    code: `if (lane == 0u) {
  let channel = ${text.at(channel)};
  let u = uniformOf(draw.firstIndex + picture, position * ${picture.channels}u + channel);
  let at = (y * draw.count + picture) * ${picture.width * picture.channels}u + x * ${picture.channels}u + channel;
  let given = pixels[at];
  var level = given & ${LEVEL}u;
${code}
  var word = level;
  if (isStrange) {
    level = 0u;
    word = select(0u, ${FAULT}u, ${UNKNOWN} || draw.wantsLogProbabilities != 0u);
  }
  pixels[at] = word;
  ${addresses.store({ buffer: 0, channel }, "0u", `constants[${generator.encoded}u + level]`)}
${lookups.map((lookup) => writeRow(generator, lookup)).join("\n")}
}`,
  });
}

/** Writes what a table says of the level. */
function writeRow({ tables, plan, text, addresses }: PositionGenerator, lookup: Lookup): string {
  const { instruction, target, channels } = lookup;
  const columns = plan.buffers[target.buffer]!.channels;
  const from = `${text.at(tables.get(instruction)! + target.channel)} + level * ${columns}u + f`;
  return `for (var f = 0u; f < ${channels}u; f++) { ${addresses.store(target, "f", `constants[${from}]`)} }`;
}

/** What other invocations have worked out of the value. */
function sharedByOthers({ network }: PositionGenerator): Region[] {
  const floats = floatsOfDraw(network);
  return floats === 0 ? [] : [staged(0, floats)];
}

function staged(start: number, end: number): Region {
  return { space: "staged", start, end };
}

/** The draw and the log-probability of a level, of each likelihood. */
const drawOf = { bernoulli, categorical, mixture } as const satisfies Record<
  LikelihoodKind,
  (generator: PositionGenerator, channel: number) => string
>;

const UNKNOWN = `given < ${KNOWN}u`;

function bernoulli({ addresses, plan }: PositionGenerator, channel: number): string {
  return `  let logit = ${addresses.load({ buffer: plan.output, channel }, "0u")};
  let isStrange = !isFinite(logit);
  if (${UNKNOWN}) {
    if (draw.temperature == 0.0) { level = select(0u, 1u, logit > 0.0); }
    else {
      level = select(0u, 1u, u >= 1.0 / (1.0 + exp(clamp(logit, -80.0 * draw.temperature, 80.0 * draw.temperature) / draw.temperature)));
    }
  }
  if (draw.wantsLogProbabilities != 0u) {
    let against = select(logit, -logit, level == 1u);
    logProbabilities[at] = -(max(against, 0.0) + log(1.0 + exp(-abs(against))));
  }`;
}

function mixture(generator: PositionGenerator, channel: number): string {
  const { likelihood } = generator.network;
  const components = likelihood?.kind === "mixture" ? likelihood.components : 0;
  return mixtureValue(generator, channel, components, UNKNOWN);
}

function categorical(generator: PositionGenerator, channel: number): string {
  const { text, addresses, plan, network, invocations } = generator;
  const { levels } = network.picture;
  const output = { buffer: plan.output, channel: channel * levels };
  const load = addresses.load(output, "LEVEL");
  const logit = (k: string) => load.replace("LEVEL", k);
  if (levels <= FEW) {
    // So few that one invocation does them all.
    return `  var most = ${logit("0u")};
  var isStrange = !isFinite(most);
  for (var k = 1u; k < ${levels}u; k++) {
    most = max(most, ${logit("k")});
    isStrange = isStrange || !isFinite(${logit("k")});
  }
  var total = 0.0;
  var totalAtOne = 0.0;
  for (var k = 0u; k < ${levels}u; k++) {
    total += weightOfLevel(${logit("k")} - most);
    totalAtOne += exp(max(${logit("k")} - most, -200.0));
  }
  if (${UNKNOWN}) {
    var running = 0.0;
    var full = ${levels}u;
    level = ${levels}u;
    for (var k = 0u; k < ${levels}u; k++) {
      if (draw.temperature == 0.0) {
        if (${logit("k")} == most) { level = k; break; }
        continue;
      }
      running += weightOfLevel(${logit("k")} - most);
      if (running > u * total) { level = k; break; }
      if (full == ${levels}u && running == total) { full = k; }
    }
    if (level == ${levels}u) { level = full; }
  }
${logProbability(logit)}`;
  }
  const blocks = blocksOf(levels);
  const size = Math.ceil(levels / blocks);
  const logits = addresses.regions(output, levels);
  /** Of a block: a float of each. */
  const [most, strange, sum, sumAtOne] = [0, 1, 2, 3].map((i) => `staged[${i * blocks}u + block]`) as [
    string,
    string,
    string,
    string,
  ];
  const everyBlock = `for (var block = lane; block < ${blocks}u; block += ${invocations}u)`;
  const everyLevel = `for (var k = block * ${size}u; k < min((block + 1u) * ${size}u, ${levels}u); k++)`;
  text.add({
    reads: logits,
    writes: [staged(0, 2 * blocks)],
    code: `${everyBlock} {
  var most = -0x1.fffffep127;
  var strange = 0.0;
  ${everyLevel} {
    most = max(most, ${logit("k")});
    if (!isFinite(${logit("k")})) { strange = 1.0; }
  }
  ${most} = most;
  ${strange} = strange;
}`,
  });
  text.add({
    reads: [staged(0, blocks), ...logits],
    writes: [staged(2 * blocks, 4 * blocks)],
    code: `let most = mostOf(${blocks}u);
${everyBlock} {
  var sums = vec2f();
  ${everyLevel} {
    let distance = ${logit("k")} - most;
    sums += vec2f(weightOfLevel(distance), exp(max(distance, -200.0)));
  }
  ${sum} = sums.x;
  ${sumAtOne} = sums.y;
}`,
  });
  return `  let most = mostOf(${blocks}u);
  var isStrange = false;
  var total = 0.0;
  var totalAtOne = 0.0;
  for (var block = 0u; block < ${blocks}u; block++) {
    isStrange = isStrange || ${strange} != 0.0;
    total += ${sum};
    totalAtOne += ${sumAtOne};
  }
  if (${UNKNOWN}) {
    var block = 0u;
    if (draw.temperature == 0.0) {
      for (; block < ${blocks - 1}u; block++) { if (${most} == most) { break; } }
      level = block * ${size}u;
      for (; level < ${levels - 1}u; level++) { if (${logit("level")} == most) { break; } }
    } else {
      // The block that passes, or the last one that adds to the sum; the same among its levels.
      var before = 0.0;
      var running = 0.0;
      var found = 0u;
      for (; block < ${blocks}u; block++) {
        let after = running + ${sum};
        if (after > running) {
          found = block;
          before = running;
        }
        running = after;
        if (running > u * total) { break; }
      }
      running = before;
      level = found * ${size}u;
      for (var k = level; k < min((found + 1u) * ${size}u, ${levels}u); k++) {
        let after = running + weightOfLevel(${logit("k")} - most);
        if (after > running) { level = k; }
        running = after;
        if (running > u * total) { break; }
      }
    }
  }
${logProbability(logit)}`;
}

function logProbability(logit: (k: string) => string): string {
  return `  if (draw.wantsLogProbabilities != 0u) {
    logProbabilities[at] = ${logit("level")} - most - log(totalAtOne);
  }`;
}

/** Helpers of the draw, once a program. */
export const DRAW_FUNCTIONS = `
fn weightOfLevel(distance: f32) -> f32 {
  let temperature = select(draw.temperature, 1.0, draw.temperature == 0.0);
  return exp(max(distance, -200.0 * temperature) / temperature);
}
// By its bits, since WGSL promises nothing of comparisons with what is not finite.
fn isFinite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }
// The largest of what stands first in the memory that is shared.
fn mostOf(blocks: u32) -> f32 {
  var most = staged[0];
  for (var block = 1u; block < blocks; block++) { most = max(most, staged[block]); }
  return most;
}
${MIXTURE_FUNCTIONS}`;
