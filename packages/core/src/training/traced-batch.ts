/** What every computation of a training is given: a batch of pictures or of windows, and parameters as flat vectors. */
import type { Trace } from "../computation/trace.ts";
import type { Value } from "../computation/value.ts";
import type { Batch } from "../data/preparation.ts";
import type { Network } from "../network/graph.ts";
import { tellsPosition } from "../network/operations/planes.ts";
import { size } from "../network/parameters.ts";
import { windowOf, windowSize } from "../network/window.ts";
import type { Slot } from "./flat-layout.ts";

/** Names of the kinds of batches. */
export const batchKinds = ["pictures", "pixels"] as const;
/** What a network is trained on: whole pictures, or single pixels with the window that decides them. */
export type BatchKind = (typeof batchKinds)[number];

/** What a batch is of. */
export function kindOf({ inside }: Batch): BatchKind {
  return inside === undefined ? "pictures" : "pixels";
}

/** The shape of a batch's levels, [B, H, W, C]: of pictures, or of windows. */
export function batchShape(network: Network, batchSize: number, kind: BatchKind): readonly number[] {
  const { height, width, channels } = network.picture;
  const [rows, columns] = kind === "pixels" ? windowSize(windowOf(network)) : [height, width];
  return [batchSize, rows, columns, channels];
}

/**
 * Arguments `levels` u8 (u16 of more than 256) [B, H, W, C]; of pixels, `inside` u8 [B, H, W], `places` s32 [B, 2] where the network tells them, and `counts` f32 [B]; `labels` s32 [B] with classes. What `forwardPass` takes, numbers as f32, the
 * levels that are told, of the pictures or of the windows' pixels, [B, 1, 1, C], and of these the counts.
 */
export function traceBatch(trace: Trace, network: Network, batchSize: number, kind: BatchKind = "pictures") {
  const shape = batchShape(network, batchSize, kind);
  const levels = trace.convert(
    trace.argument("levels", shape, network.picture.levels > 256 ? "u16" : "u8"),
    "f32",
  );
  if (kind === "pictures") {
    return { inputs: { levels, labels: traceLabels(trace, network, batchSize) }, told: levels, counts: null };
  }
  const inside = trace.argument("inside", shape.slice(0, 3), "u8");
  const places = tellsPosition(network) ? trace.argument("places", [batchSize, 2], "s32") : undefined;
  const window = {
    ...windowOf(network),
    inside: trace.convert(inside, "f32"),
    places: places && trace.convert(places, "f32"),
  };
  const counts = trace.argument("counts", [batchSize]);
  const labels = traceLabels(trace, network, batchSize);
  return { inputs: { levels, labels, window }, told: trace.pixel(levels, window.above, window.left), counts };
}

function traceLabels(trace: Trace, { classes }: Network, batchSize: number): Value | undefined {
  return classes > 0 ? trace.argument("labels", [batchSize], "s32") : undefined;
}

/** The parameters of a flat vector, by name. */
export function split(trace: Trace, slots: readonly Slot[], vector: Value): [string, Value][] {
  return slots.map(({ name, shape, start }) => [
    name,
    trace.reshape(trace.slice(vector, [start], [start + size(shape)]), shape),
  ]);
}
