/** Batches on a device: levels as bytes, labels, and the addresses of dropout's noise. */
import type { Network } from "@pixelcnn/core";
import type { Batch } from "@pixelcnn/core/data";
import type { DropoutNoise } from "@pixelcnn/core/training";
import type { Client, Device, DeviceBuffer } from "@pixelcnn/pjrt";

/** A part of a batch, and where it goes. */
export interface Share {
  readonly start: number;
  readonly count: number;
  readonly device: Device;
}

/** Pictures, and their labels where the network has classes. */
export function uploadPictures(
  client: Client,
  { picture, classes }: Network,
  { levels, labels }: Batch,
  { start, count, device }: Share,
): Promise<DeviceBuffer[]> {
  const { height, width, channels } = picture;
  const size = height * width * channels;
  const bytes = levels.slice(start * size, (start + count) * size);
  return Promise.all([
    client.upload(bytes, [count, height, width, channels], device),
    ...(classes > 0
      ? [client.upload(Int32Array.from(labels.slice(start, start + count)), [count], device)]
      : []),
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
