/** Batches on a device: levels as bytes, labels, and the addresses of dropout's noise. */
import type { Network } from "@pixelcnn/core";
import { type Batch, viewBatch } from "@pixelcnn/core/data";
import { batchShape, type DropoutNoise, kindOf, tellsPosition } from "@pixelcnn/core/training";
import type { Client, Device, DeviceBuffer } from "@pixelcnn/pjrt";

/** A part of a batch, and where it goes. */
export interface Share {
  readonly start: number;
  readonly count: number;
  readonly device: Device;
}

/** Pictures or windows, and their labels where the network has classes. */
export function uploadPictures(
  client: Client,
  network: Network,
  batch: Batch,
  { start, count, device }: Share,
): Promise<DeviceBuffer[]> {
  const shape = batchShape(network, count, kindOf(batch));
  // Whoever uploads holds the array until it is there.
  const { levels, inside, places, counts, labels } = viewBatch(batch, start, start + count);
  return Promise.all([
    client.upload(levels, shape, device),
    ...(inside ? [client.upload(inside, shape.slice(0, 3), device)] : []),
    ...(places && tellsPosition(network) ? [client.upload(places, [count, 2], device)] : []),
    ...(counts ? [client.upload(counts, [count], device)] : []),
    ...(network.classes > 0 ? [client.upload(labels, [count], device)] : []),
  ]);
}

export function uploadNoise(
  client: Client,
  { seed, indices, step }: DropoutNoise,
  { start, count, device }: Share,
): Promise<DeviceBuffer[]> {
  const pictures = Uint32Array.from({ length: count }, (_, index) => indices[start + index]!);
  return Promise.all([
    client.upload(Uint32Array.of(seed >>> 0, Math.floor(seed / 2 ** 32)), [2], device),
    client.upload(pictures, [count], device),
    client.upload(Uint32Array.of(step), [1], device),
  ]);
}
