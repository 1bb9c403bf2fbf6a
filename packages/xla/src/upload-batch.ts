/** Batches on a device: levels as bytes, labels, and the addresses of dropout's noise. */
import type { Network } from "@pixelcnn/core";
import type { Batch, LevelArray } from "@pixelcnn/core/data";
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
  const { levels, inside, places, labels } = batch;
  /** A view: whoever uploads holds the array until it is there. */
  const part = <A extends LevelArray | Int32Array>(values: A): A => {
    const size = values.length / labels.length;
    return values.subarray(start * size, (start + count) * size) as A;
  };
  return Promise.all([
    client.upload(part(levels), shape, device),
    ...(inside ? [client.upload(part(inside), shape.slice(0, 3), device)] : []),
    ...(places && tellsPosition(network) ? [client.upload(part(places), [count, 2], device)] : []),
    ...(network.classes > 0 ? [client.upload(part(labels), [count], device)] : []),
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
