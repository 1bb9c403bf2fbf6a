/**
 * The negative log-likelihood of pixels under a mixture of discretised logistics (likelihoods/logistic-mixture.ts), of all channels at once:
 *
 *     −log Σ_i π_i·Π_k P_i(v_k)
 *     log P_i(v) = −log(1 + e^−a) − log(1 + e^b) + log(1 − e^−d)     a, b = (v − m_i)·d ± d/2,  d = 1 / s_i
 *
 * without the first logarithm at the highest level, the second at the lowest, the third at either. The last one is log(2t / (1 + t)) with
 * t = tanh(d / 2), so that nothing cancels in float32 where scales are wide, and log d where they are so wide that d would be nothing.
 */
import type { Modelled } from "../likelihoods/likelihoods.ts";
import { blocksBefore, LEAST_INVERSE_SCALE, leastLogScale } from "../likelihoods/logistic-mixture.ts";
import type { Trace } from "./trace.ts";
import type { Value } from "./value.ts";

/** Below it, 1 − e^−d is d in float32. */
const LINEAR = 1e-7;

/** @param logits [B, H, W, logits of a position] @param levels [B, H, W, C], f32 @returns nats of every pixel, [B·H·W] */
export function mixtureNats(trace: Trace, logits: Value, levels: Value, { picture }: Modelled): Value {
  const { channels, levels: K } = picture;
  const pixels = logits.shape.slice(0, 3).reduce((product, length) => product * length, 1); // N
  const numbers = logits.shape[3]!;
  const components = numbers / blocksBefore(channels); // M
  const flat = trace.reshape(logits, [pixels, numbers]);
  const given = trace.reshape(levels, [pixels, channels]);
  const shape = [pixels, channels, components];

  /** One number a component, from the block on. [N, M] */
  const block = (index: number) => trace.channels(flat, [index * components, (index + 1) * components]);
  /** [N, C, M] from one [N, M] a channel. */
  const together = (ofChannel: (channel: number) => Value) => {
    const parts = Array.from({ length: channels }, (_, channel) => ofChannel(channel));
    return trace.reshape(trace.concatenate(parts, 1), shape);
  };
  const first = (channel: number) => blocksBefore(channel) + (channel === 0 ? 1 : 0);

  const encoded = trace.shift(trace.scale(given, 2 / (K - 1)), -1); // levels as −1 … 1, [N, C]
  const mean = (channel: number): Value => {
    let sum = block(first(channel));
    for (let earlier = 0; earlier < channel; earlier++) {
      const coefficient = trace.unary("tanh", block(first(channel) + 2 + earlier));
      const level = trace.channels(encoded, [earlier, earlier + 1]); // [N, 1]
      const spread = trace.broadcast(trace.reshape(level, [pixels]), [pixels, components], [0]);
      sum = trace.add(sum, trace.multiply(coefficient, spread));
    }
    return sum;
  };
  const means = trace.scale(trace.shift(together(mean), 1), (K - 1) / 2);
  const logScales = together((channel) => block(first(channel) + 1));
  const least = trace.constant(leastLogScale(K), shape);
  const logLevels = Math.log(2 / (K - 1));
  const widest = trace.constant(logLevels - Math.log(LEAST_INVERSE_SCALE), shape);
  const clamped = trace.binary("minimum", trace.binary("maximum", logScales, least), widest);
  const inverses = trace.scale(trace.unary("exponential", trace.unary("negate", clamped)), 2 / (K - 1)); // d

  const everywhere = (values: Value) => trace.broadcast(values, shape, [0, 1]); // [N, C] at every component
  const halves = trace.scale(inverses, 0.5);
  const centred = trace.multiply(trace.subtract(everywhere(given), means), inverses);
  const isLowest = everywhere(trace.greater(trace.constant(0.5, given.shape), given));
  const isHighest = everywhere(trace.greater(given, trace.constant(K - 1.5, given.shape)));
  // −a = −(centred + halves), b = centred − halves
  const belowTop = softplus(trace, trace.unary("negate", trace.add(centred, halves)));
  const aboveBottom = softplus(trace, trace.subtract(centred, halves));
  const slope = trace.unary("tanh", trace.binary("maximum", halves, trace.constant(LINEAR / 2, shape)));
  const width = trace.subtract(trace.unary("log", trace.scale(slope, 2)), trace.unary("logPlusOne", slope));
  const beyond = trace.shift(clamped, Math.log(LINEAR) - logLevels); // log LINEAR − log d
  const narrower = trace.subtract(width, trace.binary("maximum", beyond, trace.constant(0, shape)));
  const inner = trace.subtract(trace.subtract(narrower, belowTop), aboveBottom);
  const lowest = trace.unary("negate", belowTop);
  const highest = trace.unary("negate", aboveBottom);
  const masses = trace.select(isLowest, lowest, trace.select(isHighest, highest, inner)); // log P_i(v_k)
  const shares = block(0); // log π, not normalised
  const joint = trace.add(shares, trace.sum(masses, [1]));
  return trace.subtract(logSum(trace, shares), logSum(trace, joint));
}

/** log(1 + e^x) without overflow. */
function softplus(trace: Trace, x: Value): Value {
  const small = trace.unary("exponential", trace.unary("negate", trace.unary("absolute", x)));
  const positive = trace.binary("maximum", x, trace.constant(0, x.shape));
  return trace.add(positive, trace.unary("logPlusOne", small));
}

/** log Σ e^x over the last axis of [N, M]. */
function logSum(trace: Trace, x: Value): Value {
  const most = trace.maximumOver(x, [1]);
  const above = trace.subtract(x, trace.broadcast(most, x.shape, [0]));
  const sum = trace.sum(trace.unary("exponential", above), [1]);
  return trace.add(most, trace.unary("log", sum));
}
