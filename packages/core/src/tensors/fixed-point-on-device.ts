/**
 * Fixed-point iteration where reads wait for a GPU: several passes run on the device before anybody looks how far they came. If
 * the last of them changes nothing before element e, then all up to and including e is final, whatever the passes before it did.
 */
import {
  argMax,
  cast,
  concat,
  max,
  notEqual,
  reshape,
  slice,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tensor1d,
  tidy,
  zeros,
} from "@tensorflow/tfjs-core";
import { likelihoodOf, logitsRead } from "../likelihoods/likelihoods.ts";
import type { Network } from "../network/graph.ts";
import type { Model } from "../network/model.ts";
import type { Drawing, DrawRequest } from "../samplers/sampler.ts";
import { DeviceRequest, handOver } from "./device-request.ts";
import { type DeviceValues, drawLevels, levelLogProbabilities } from "./draw-on-device.ts";

/** Passes between two reads. */
const PASSES = 4;

/** Yields after every few passes. */
export async function* drawFixedPointOnDevice(model: Model, request: DrawRequest): Drawing {
  const { network } = model;
  const { picture } = network;
  const { count } = request;
  const device = new DeviceRequest(model, request);
  const { size } = device;
  let forecast: Tensor2D = tidy(() => device.withKnown(zeros([count, size]), 0).clone());
  try {
    for (let final = 0; final < size; ) {
      const [levels, unchanged, scores] = tidy(() => {
        let before = forecast;
        let after = iterate(network, device, before, request);
        for (let pass = 1; pass < PASSES; pass++) {
          before = after.levels;
          after = iterate(network, device, before, request);
        }
        const changed = max(cast(notEqual(after.levels, before), "int32"), 0); // [size], 1 where some picture changed
        // The 1 behind the last stands for no change at all.
        const first = argMax(concat([changed, tensor1d([1], "int32")]));
        return [after.levels, first, ...(after.scores ? [after.scores] : [])];
      }) as [Tensor2D, Tensor, Tensor2D?];
      forecast.dispose();
      forecast = levels;
      try {
        const end = Math.min((await unchanged.data())[0]! + 1, size);
        handOver(model, request, [final, end], await levels.data(), await scores?.data());
        final = end;
      } finally {
        unchanged.dispose();
        scores?.dispose();
      }
      yield Math.floor(final / picture.channels);
    }
  } finally {
    forecast.dispose();
    device.dispose();
  }
}

interface Pass {
  /** [B, size] */
  readonly levels: Tensor2D;
  /** [B, size]; null when nobody asked. */
  readonly scores: Tensor2D | null;
}

function iterate(
  network: Network,
  device: DeviceRequest,
  forecast: Tensor2D,
  { count, temperature, logProbabilities }: DrawRequest,
): Pass {
  const { size, noise } = device;
  const groups = valueGroups(network, device.logits(forecast), forecast);
  const columns = count * (size / groups.length); // values of a group
  /** Of what has a number a value, [B, size], that of one group. [N, 1] */
  const ofGroup = (numbers: Tensor2D, group: number): Tensor2D =>
    slice(reshape(numbers, [columns, groups.length]), [0, group], [columns, 1]) as Tensor2D;
  const together = (ofGroups: Tensor2D[]): Tensor2D => reshape(concat(ofGroups, 1), [count, size]);
  const drawn = groups.map((values, group) =>
    drawLevels(network, values, ofGroup(noise, group), temperature),
  );
  const chosen = device.withKnown(together(drawn), 0);
  if (logProbabilities === null) return { levels: chosen, scores: null };
  const scores = groups.map((values, group) =>
    levelLogProbabilities(network, values, ofGroup(chosen, group)),
  );
  return { levels: chosen, scores: together(scores) };
}

/** Values that are drawn alike: all of them, or those of a picture channel where the likelihood ties channels together. */
function valueGroups(network: Network, logits: Tensor4D, forecast: Tensor2D): DeviceValues[] {
  const [count, height, width, numbers] = logits.shape;
  const { channels } = network.picture;
  const pixels = count * height * width;
  const read = logitsRead(network);
  if (!likelihoodOf(network).tiesChannels) {
    const [start, end] = read[0]!;
    return [{ logits: reshape(logits, [pixels * channels, end - start]), earlier: [] }];
  }
  const flat = reshape(logits, [pixels, numbers]) as Tensor2D;
  const levels = reshape(forecast, [pixels, channels]) as Tensor2D;
  return read.map(([start, end], channel) => ({
    logits: slice(flat, [0, start], [pixels, end - start]),
    earlier: Array.from({ length: channel }, (_, j) => slice(levels, [0, j], [pixels, 1])),
  }));
}
