/** The naive sampler where reads wait for a GPU: pictures grow on the device, and a row comes back when it is drawn. */
import {
  keep,
  reshape,
  slice,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
  where,
  zeros,
} from "@tensorflow/tfjs-core";
import { logitsRead } from "../likelihoods/likelihoods.ts";
import type { Model } from "../network/model.ts";
import type { Drawing, DrawRequest } from "../samplers/sampler.ts";
import { DeviceRequest, handOver } from "./device-request.ts";
import { drawLevels, levelLogProbabilities } from "./draw-on-device.ts";

/** Yields after every row. */
export async function* drawNaiveOnDevice(model: Model, request: DrawRequest): Drawing {
  const { network } = model;
  const { picture } = network;
  const read = logitsRead(network);
  const { height, width, channels } = picture;
  const { count, logProbabilities } = request;
  const device = new DeviceRequest(model, request);
  const { size } = device;
  // What is drawn and how probable it was, [B, size]; 0 where nothing is drawn.
  let drawn: Tensor2D = zeros([count, size]);
  let scores: Tensor2D = zeros([count, size]);
  const drawValue = (element: number) => {
    const [nextDrawn, nextScores] = tidy(() => {
      const y = Math.floor(element / (width * channels));
      const x = Math.floor(element / channels) % width;
      const channel = element % channels;
      const all = device.logits(drawn);
      const [start, end] = read[channel]!;
      const own = slice(all, [0, y, x, start], [count, 1, 1, end - start]);
      const logits = reshape(own, [count, end - start]) as Tensor2D;
      const earlier = Array.from({ length: channel }, (_, j) => {
        return slice(drawn, [0, element - channel + j], [count, 1]);
      });
      const values = { logits, earlier };
      const noise = slice(device.noise, [0, element], [count, 1]);
      const levels = device.withKnown(drawLevels(network, values, noise, request.temperature), element);
      const here = tensor2d(
        Uint8Array.from({ length: size }, (_, i) => (i === element ? 1 : 0)),
        [1, size],
        "bool",
      );
      const place = (values: Tensor2D, sheet: Tensor2D): Tensor2D => where(here, values, sheet);
      return [
        place(levels, drawn),
        logProbabilities === null ? scores : place(levelLogProbabilities(network, values, levels), scores),
      ] as [Tensor2D, Tensor2D];
    });
    drawn = replaced(drawn, nextDrawn);
    scores = replaced(scores, nextScores);
  };
  try {
    for (let y = 0; y < height; y++) {
      for (let i = 0; i < width * channels; i++) drawValue(y * width * channels + i);
      const row = [y * width * channels, (y + 1) * width * channels] as const;
      const levels = await drawn.data();
      handOver(model, request, row, levels, logProbabilities ? await scores.data() : undefined);
      yield (y + 1) * width;
    }
  } finally {
    drawn.dispose();
    scores.dispose();
    device.dispose();
  }
}

function replaced<T extends Tensor>(old: T, next: T): T {
  if (next === old) return old;
  old.dispose();
  return keep(next);
}
