/**
 * One optimiser step as a pure function of arrays: what an engine compiles.
 *
 *     (state, batch, scalars) → (state, nats, norm)
 *
 * The state is one flat vector a role (FlatLayout's order). The gradient is clipped by min(1, c / |g|), then Adam or Muon, weight decay, running statistics and
 * the moving average follow, with the equations of adam.ts, muon.ts, weight-decay.ts and moving-average.ts. No branch leaves the function: a step whose loss or gradient is not finite
 * leaves the state as it was and sets `ok` to 0 for good, so that the next step may be on its way before this one is read.
 */

import type { Computation } from "../computation/computation.ts";
import { Trace } from "../computation/trace.ts";
import type { Value } from "../computation/value.ts";
import type { Network } from "../network/graph.ts";
import { type VectorName, vectorNames } from "./engine.ts";
import { FlatLayout } from "./flat-layout.ts";
import { addGradient, type TracedGradient } from "./gradient-computation.ts";
import { matricesOf } from "./matrix-slots.ts";
import { muonsMatrices } from "./muon.ts";
import { replaceMatrices } from "./muon-computation.ts";
import type { OptimiserOptions } from "./optimiser.ts";
import type { BatchKind } from "./traced-batch.ts";
import { decayMatrices } from "./weight-decay.ts";

/** Share that batch norm's running statistics keep of themselves a step (Ioffe & Szegedy 2015, section 3.1). */
export const STATISTICS_DECAY = 0.9;

/** What changes from step to step without being an array of the state: position in the vector `scalars`. */
const stepScalars = ["rate", "inverseDeviation", "averageShare", "learningRate"] as const;

/** What is compiled into a step. */
export interface StepOptions extends OptimiserOptions {
  /** Pictures of a step, or pixels, on each device. */
  readonly batchSize: number;
  /** Pictures by default. */
  readonly kind?: BatchKind;
  /** Devices among which a batch is divided; 1 by default. */
  readonly devices?: number;
}

/** What a step reads from its scalars. `step` from 1. */
export function scalarsOf(
  step: number,
  learningRate: number,
  averageDecay: number,
  { beta1, beta2 }: OptimiserOptions,
): Float32Array {
  return Float32Array.of(
    learningRate / (1 - beta1 ** step),
    1 / Math.sqrt(1 - beta2 ** step),
    1 - averageDecay,
    learningRate,
  );
}

/**
 * The step. Arguments: the six vectors and `ok`, each f32; `levels` u8 [B, H, W, C]; of pixels, `inside` u8 [B, H, W]; `labels` s32 [B] with classes; `seed` u32 [2], `pictures` u32 [B] and
 * `step` u32 [1] with dropout; `allowed` f32 [N] where masks forbid anything; `scalars` f32 [4]. Results: the state in the same order, then `nats` (the
 * batch's mean, nats per picture) and `gradientNorm` before clipping, scalars.
 */
export function traceStep(network: Network, options: StepOptions): Computation {
  const { batchSize, kind = "pictures", devices = 1 } = options;
  const trace = new Trace();
  const layout = new FlatLayout(network);
  const { weightCount: n, statisticCount: s } = layout;
  const lengths = [n, s, n, s, n, n];
  const state = Object.fromEntries(
    vectorNames.map((name, index) => [name, trace.argument(name, [lengths[index]!])]),
  ) as Record<VectorName, Value>;
  const ok = trace.argument("ok", []);
  const traced = addGradient(trace, layout, state.weights, {
    batchSize,
    kind,
    devices,
  });
  const { gradient, nats, statistics } = traced;
  const scalars = trace.argument("scalars", [stepScalars.length]);
  const scalar = (name: (typeof stepScalars)[number]): Value => {
    const at = stepScalars.indexOf(name);
    return trace.reshape(trace.slice(scalars, [at], [at + 1]), []);
  };

  const norm = trace.unary("squareRoot", trace.sum(trace.multiply(gradient, gradient)));

  const finite = trace.binary("and", trace.unary("isFinite", nats), trace.unary("isFinite", norm));
  const going = trace.binary("and", finite, trace.greater(ok, trace.constant(0.5)));
  const updated = update(trace, layout, state, traced, norm, options, scalar);
  const results: Record<string, Value> = { ...updated };
  if (statistics !== null) {
    results.statistics = towards(trace, state.statistics, statistics, trace.constant(1 - STATISTICS_DECAY));
    results.averagedStatistics = towards(
      trace,
      state.averagedStatistics,
      results.statistics,
      scalar("averageShare"),
    );
  }
  const next = Object.fromEntries(
    vectorNames.map((name) => [
      name,
      results[name] === undefined ? state[name] : trace.select(going, results[name], state[name]),
    ]),
  );
  const stillOk = trace.select(going, trace.constant(1), trace.constant(0));
  return trace.finish({ ...next, ok: stillOk, nats, gradientNorm: norm });
}

/** Clipping, the optimiser, weight decay and the average. */
function update(
  trace: Trace,
  layout: FlatLayout,
  state: Readonly<Record<VectorName, Value>>,
  { gradient, allowed }: TracedGradient,
  norm: Value,
  { beta1, beta2, epsilon, clipNorm, optimiser = "adam", weightDecay = 0 }: OptimiserOptions,
  scalar: (name: (typeof stepScalars)[number]) => Value,
) {
  const everywhere = (x: Value): Value => trace.everywhere(x, gradient.shape);
  const clip = trace.binary("minimum", trace.constant(1), trace.divide(trace.constant(clipNorm), norm));
  const g = trace.multiply(gradient, everywhere(clip));
  const firstMoment = trace.add(trace.scale(state.firstMoment, beta1), trace.scale(g, 1 - beta1));
  const secondMoment = trace.add(
    trace.scale(state.secondMoment, beta2),
    trace.scale(trace.multiply(g, g), 1 - beta2),
  );
  const spread = trace.multiply(
    trace.unary("squareRoot", secondMoment),
    everywhere(scalar("inverseDeviation")),
  );
  const adams = trace.divide(
    trace.multiply(firstMoment, everywhere(scalar("rate"))),
    trace.shift(spread, epsilon),
  );
  const change = (): Value => {
    const ahead = trace.add(trace.scale(firstMoment, beta1), trace.scale(g, 1 - beta1));
    const muons = replaceMatrices(trace, muonsMatrices(layout), adams, ahead, scalar("learningRate"));
    return allowed === null ? muons : trace.multiply(muons, allowed);
  };
  const decayed = (): Value => {
    const share = trace.shift(trace.scale(scalar("learningRate"), -weightDecay), 1);
    return decayMatrices(matricesOf(layout), layout.weightCount, {
      slice: (start, end) => trace.slice(state.weights, [start], [end]),
      shrink: (x) => trace.multiply(x, trace.everywhere(share, x.shape)),
      join: (pieces) => trace.concatenate(pieces, 0),
    });
  };
  const left = weightDecay > 0 ? decayed() : state.weights;
  const weights = trace.subtract(left, optimiser === "muon" ? change() : adams);
  const averagedWeights = towards(trace, state.averagedWeights, weights, scalar("averageShare"));
  return { weights, firstMoment, secondMoment, averagedWeights };
}

/** a + share·(b − a) */
function towards(trace: Trace, a: Value, b: Value, share: Value): Value {
  return trace.add(a, trace.multiply(trace.subtract(b, a), trace.everywhere(share, a.shape)));
}
