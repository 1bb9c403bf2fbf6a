/**
 * The draw of one value, as likelihoods/pick-level.ts has it: the first level whose running sum passes u·S, and where rounding
 * leaves none, the first that reaches S. More than 16 levels are cut into 16 blocks, an invocation each: the largest logit of a
 * block, then the sum of its exponentials; the first invocation finds the block and then the level, in sums of at most 16 + 16
 * terms, which keeps float32 within a few 1e-7.
 */
import type { LikelihoodKind } from "../../likelihoods/likelihood.ts";
import { likelihoodOf, logitsRead } from "../../likelihoods/likelihoods.ts";
import type { PositionGenerator } from "./generation.ts";
import { MIXTURE_FUNCTIONS, mixtureValue, sharedOf } from "./mixture-value.ts";
import type { Region } from "./operation-text.ts";

/** In a pixel's word: the level is known beforehand; or, afterwards, nothing could be drawn, since logits were not finite. */
export const KNOWN = 0x10000;
export const FAULT = 0x20000;
/** The bits of the level. */
export const LEVEL = 0xffff;

const BLOCKS = 16;

/** Draws channel `channel` at the position, writes its level, and its encoded value where taps read it. */
export function drawValue(generator: PositionGenerator, channel: number): void {
  const { network, text, addresses, plan } = generator;
  const { picture } = network;
  const code = drawOf[likelihoodOf(network).kind](generator, channel);
  const [start, end] = logitsRead(network)[channel]!;
  text.add({
    reads: [
      ...addresses.regions({ buffer: plan.output, channel: start }, end - start),
      ...sharedByOthers(generator),
    ],
    writes: [
      ...addresses.regions({ buffer: 0, channel: 0 }, picture.channels),
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
}`,
  });
}

/** What other invocations have worked out of the value. */
function sharedByOthers({ network: { picture, likelihood } }: PositionGenerator): Region[] {
  if (likelihood?.kind === "mixture") return [sharedOf(likelihood.components)];
  return picture.levels > BLOCKS ? [staged(picture.levels), partial] : [];
}

function staged(levels: number): Region {
  return { space: "staged", start: 0, end: levels };
}
const partial: Region = { space: "partial", start: 0, end: 2 * BLOCKS };
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
  const { text, addresses, plan, network } = generator;
  const { levels } = network.picture;
  const output = { buffer: plan.output, channel: channel * levels };
  const load = addresses.load(output, "LEVEL");
  const logit = (k: string) => load.replace("LEVEL", k);
  if (levels <= BLOCKS) {
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
  const size = Math.ceil(levels / BLOCKS);
  const logits = addresses.regions(output, levels);
  text.add({
    reads: logits,
    writes: [{ space: "partial", start: 0, end: BLOCKS }],
    code: `if (lane < ${BLOCKS}u) {
  var most = -0x1.fffffep127;
  var strange = 0.0;
  for (var k = lane * ${size}u; k < min((lane + 1u) * ${size}u, ${levels}u); k++) {
    most = max(most, ${logit("k")});
    if (!isFinite(${logit("k")})) { strange = 1.0; }
  }
  partial[lane] = vec4f(most, strange, 0.0, 0.0);
}`,
  });
  text.add({
    reads: [{ space: "partial", start: 0, end: BLOCKS }, ...logits],
    writes: [{ space: "partial", start: BLOCKS, end: 2 * BLOCKS }, staged(levels)],
    code: `if (lane < ${BLOCKS}u) {
  let most = mostOfBlocks();
  var sums = vec2f();
  for (var k = lane * ${size}u; k < min((lane + 1u) * ${size}u, ${levels}u); k++) {
    let distance = ${logit("k")} - most;
    let weight = weightOfLevel(distance);
    staged[k] = weight;
    sums += vec2f(weight, exp(max(distance, -200.0)));
  }
  partial[lane + ${BLOCKS}u] = vec4f(sums, 0.0, 0.0);
}`,
  });
  return `  let most = mostOfBlocks();
  var isStrange = false;
  var total = 0.0;
  var totalAtOne = 0.0;
  for (var block = 0u; block < ${BLOCKS}u; block++) {
    isStrange = isStrange || partial[block].y != 0.0;
    total += partial[block + ${BLOCKS}u].x;
    totalAtOne += partial[block + ${BLOCKS}u].y;
  }
  if (${UNKNOWN}) {
    var block = 0u;
    var before = 0.0;
    if (draw.temperature == 0.0) {
      for (; block < ${BLOCKS - 1}u; block++) { if (partial[block].x == most) { break; } }
      level = block * ${size}u;
      for (; level < ${levels - 1}u; level++) { if (${logit("level")} == most) { break; } }
    } else {
      var full = ${levels}u;
      var found = false;
      level = 0u;
      for (; block < ${BLOCKS}u; block++) {
        let after = before + partial[block + ${BLOCKS}u].x;
        let passes = after > u * total;
        if (passes || (full == ${levels}u && after == total)) {
          var running = 0.0;
          for (level = block * ${size}u; level < min((block + 1u) * ${size}u, ${levels}u); level++) {
            running += staged[level];
            if (passes && before + running > u * total) { found = true; break; }
            if (full == ${levels}u && before + running == total) { full = level; }
          }
          if (passes) { break; }
        }
        before = after;
      }
      if (!found) { level = full; }
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
fn mostOfBlocks() -> f32 {
  var most = partial[0].x;
  for (var block = 1u; block < ${BLOCKS}u; block++) { most = max(most, partial[block].x); }
  return most;
}
${MIXTURE_FUNCTIONS}`;
