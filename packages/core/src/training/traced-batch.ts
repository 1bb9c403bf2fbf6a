/** What every computation of a training is given: a batch of pictures, and parameters as flat vectors. */
import type { Trace } from "../computation/trace.ts";
import type { Value } from "../computation/value.ts";
import type { Network } from "../network/graph.ts";
import { size } from "../network/parameters.ts";
import type { Slot } from "./flat-layout.ts";

/** Arguments `levels` u8 [B, H, W, C], and `labels` s32 [B] with classes; the levels as f32. */
export function traceBatch(trace: Trace, { picture, classes }: Network, batchSize: number) {
  const { height, width, channels } = picture;
  const levels = trace.argument("levels", [batchSize, height, width, channels], "u8");
  const labels = classes > 0 ? trace.argument("labels", [batchSize], "s32") : undefined;
  return { levels: trace.convert(levels, "f32"), labels };
}

/** The parameters of a flat vector, by name. */
export function split(trace: Trace, slots: readonly Slot[], vector: Value): [string, Value][] {
  return slots.map(({ name, shape, start }) => [
    name,
    trace.reshape(trace.slice(vector, [start], [start + size(shape)]), shape),
  ]);
}
