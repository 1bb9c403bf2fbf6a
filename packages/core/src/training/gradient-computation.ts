/**
 * The gradient of the loss as a pure function of arrays, written and differentiated once for every engine.
 *
 *     L = mean over the batch of nats / (H·W·C)
 *
 * Of pixels, each counts as often as the batch says (pixel-places.ts). Weights that a mask forbids start at 0; their gradient is masked, so they stay 0 and no forward pass has to mask them.
 */
import type { Computation } from "../computation/computation.ts";
import { differentiate } from "../computation/differentiate.ts";
import { forwardPass, natsOfValues } from "../computation/forward-pass.ts";
import { Trace } from "../computation/trace.ts";
import type { Value } from "../computation/value.ts";
import type { Network } from "../network/graph.ts";
import { size } from "../network/parameters.ts";
import { dimensions } from "../picture.ts";
import { FlatLayout } from "./flat-layout.ts";
import { type BatchKind, split, traceBatch } from "./traced-batch.ts";

/** On what a gradient is computed. */
export interface GradientOptions {
  /** Pictures on each device, or pixels. */
  readonly batchSize: number;
  readonly kind: BatchKind;
  /** Devices among which a batch is divided. */
  readonly devices: number;
}

/** A gradient in a computation, and what comes with it. */
export interface TracedGradient {
  /** [N], of all devices. */
  readonly gradient: Value;
  /** Mean negative log-likelihood of the batch on all devices, nats per picture; a scalar. */
  readonly nats: Value;
  /** Nats of every picture on this device, [B]; of pixels, of a picture of such pixels. */
  readonly natsOfPictures: Value;
  /** 1 where a weight may differ from 0, [N]; null where no mask forbids anything. */
  readonly allowed: Value | null;
  /** Batch norm's statistics of the batch, [S]; null for a network without batch norm. */
  readonly statistics: Value | null;
}

/**
 * Arguments: `weights` [N]; `levels` u8 [B, H, W, C]; of pixels, `inside` u8 [B, H, W], `places` s32 [B, 2] where the network tells them, and `counts` f32 [B]; `labels` s32 [B] with classes; `seed` u32 [2], `pictures` u32 [B] and `step` u32 [1] with dropout;
 * `allowed` f32 [N] where masks forbid anything. Results: `gradient` [N], `natsOfPictures` [B], and with batch norm `statistics` [S].
 */
export function traceGradient(network: Network, batchSize: number, kind: BatchKind): Computation {
  const trace = new Trace();
  const layout = new FlatLayout(network);
  const weights = trace.argument("weights", [layout.weightCount]);
  const { gradient, natsOfPictures, statistics } = addGradient(trace, layout, weights, {
    batchSize,
    kind,
    devices: 1,
  });
  return trace.finish({ gradient, natsOfPictures, ...(statistics && { statistics }) });
}

/** The same as a part of a computation that has the weights; all other arguments are added, in that order. */
export function addGradient(
  trace: Trace,
  layout: FlatLayout,
  weights: Value,
  { batchSize, kind, devices }: GradientOptions,
): TracedGradient {
  const { network } = layout;
  const { inputs, told, counts } = traceBatch(trace, network, batchSize, kind);
  const noise = dropsOf(network)
    ? [
        trace.argument("seed", [2], "u32"),
        trace.argument("pictures", [batchSize], "u32"),
        trace.argument("step", [1], "u32"),
      ]
    : [];
  const allowed = layout.allowed() === null ? null : trace.argument("allowed", [layout.weightCount]);

  const batchStatistics = new Map<string, Value>();
  const trained = split(trace, layout.trained, weights);
  const logits = forwardPass(trace, network, {
    ...inputs,
    parameters: new Map(trained),
    training: {
      devices,
      dropoutMask: (node, rate, shape) => trace.apply({ op: "dropoutMask", node, rate, shape }, ...noise),
      batchStatistics(node, mean, variance) {
        batchStatistics.set(node.mean, mean);
        batchStatistics.set(node.variance, variance);
      },
    },
  });
  const each = natsOfValues(trace, network, logits, told);
  const values = counts === null ? each : counted(trace, each, counts);
  // Pixels stand for as many pictures as they would fill.
  const repeats = (dimensions(network.picture) * batchSize) / size(told.shape);
  const share = repeats / (batchSize * devices);
  const local = trace.scale(trace.sum(values), share); // this device's part of the mean nats per picture
  const loss = trace.scale(local, 1 / dimensions(network.picture));
  const parts = differentiate(
    trace,
    loss,
    trained.map(([, value]) => value),
  );
  const flat = trace.concatenate(
    parts.map((part) => trace.reshape(part, [size(part.shape)])),
    0,
  );
  const perPicture = (x: Value): Value =>
    trace.sum(trace.reshape(x, [batchSize, size(x.shape) / batchSize]), [1]);
  const together = (x: Value): Value => (devices > 1 ? trace.sumOverDevices(x) : x);
  const nats = together(local);
  const raw = together(flat);
  return {
    gradient: allowed === null ? raw : trace.multiply(raw, allowed),
    nats,
    natsOfPictures: perPicture(repeats === 1 ? values : trace.scale(values, repeats)),
    allowed,
    statistics: statisticsOf(trace, layout, batchStatistics),
  };
}

/** Values of every pixel, as often as it counts. */
function counted(trace: Trace, values: Value, counts: Value): Value {
  const [pixels] = counts.shape as [number];
  const ofPixel = trace.reshape(values, [pixels, size(values.shape) / pixels]);
  return trace.multiply(ofPixel, trace.broadcast(counts, ofPixel.shape, [0]));
}

/** Whether a network in training reads noise. */
function dropsOf({ nodes }: Network): boolean {
  return nodes.some((node) => node.op === "dropout" && node.rate > 0);
}

function statisticsOf(trace: Trace, layout: FlatLayout, found: ReadonlyMap<string, Value>): Value | null {
  if (found.size === 0) return null;
  return trace.concatenate(
    layout.statistics.map(({ name }) => found.get(name)!),
    0,
  );
}
