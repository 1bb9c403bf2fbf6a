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
  type Tensor,
  type Tensor2D,
  tensor1d,
  tidy,
  zeros,
} from "@tensorflow/tfjs-core";
import type { Network } from "../network/graph.ts";
import type { Model } from "../network/model.ts";
import type { Drawing, DrawRequest } from "../samplers/sampler.ts";
import { DeviceRequest, handOver } from "./device-request.ts";
import { drawLevels, levelLogProbabilities } from "./draw-on-device.ts";

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
  const logits = reshape(device.logits(forecast), [count * size, -1]) as Tensor2D;
  const drawn = drawLevels(network, logits, reshape(noise, [count * size, 1]), temperature);
  const chosen = device.withKnown(reshape(drawn, [count, size]), 0);
  if (logProbabilities === null) return { levels: chosen, scores: null };
  const scores = levelLogProbabilities(network, logits, reshape(chosen, [count * size, 1]));
  return { levels: chosen, scores: reshape(scores, [count, size]) };
}
