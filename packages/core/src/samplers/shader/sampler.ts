/**
 * Draws on a GPU without coming back for every value: the cached forward pass of the incremental sampler as one compute program, a workgroup a
 * picture. A dispatch draws a bounded piece of a row, so that no driver takes a slow GPU for a hung one, and rows come back while
 * the next ones are drawn.
 */
import type { Model } from "../../network/model.ts";
import { multiplyAdds } from "../../network/work.ts";
import type { Drawing, DrawRequest, Sampler } from "../sampler.ts";
import { explained } from "./faults.ts";
import type { GpuDevice } from "./gpu.ts";
import { type Kernel, kernelOf } from "./kernel.ts";
import { PictureBatch, type PictureRange, pictureBytes } from "./picture-batch.ts";
import { ShaderError } from "./shader-error.ts";

/** Multiply-adds of a dispatch: under a second where a GPU is so slow that a driver might reset it. */
const DISPATCH_MULTIPLY_ADDS = 100e6;
/** Rows that are drawn ahead of those that have come back. */
const ROWS_AHEAD = 2;

/**
 * The shader sampler on a device: `sample(model, { sampler: shaderSampler(device) })`. The device stays the caller's; a model is
 * compiled once for it. Any device with WebGPU's default limits will do, TensorFlow.js's own (`backend.device`) included.
 *
 * Drawing throws {@link ShaderError}s; its `kind` says what went wrong.
 */
export function shaderSampler(device: GpuDevice): Sampler {
  return { name: "shader", draw: (model, request) => draw(device, model, request) };
}

async function* draw(device: GpuDevice, model: Model, request: DrawRequest): Drawing {
  const { height, width } = model.network.picture;
  const kernel = await kernelOf(device, model);
  const batches: PictureBatch[] = [];
  try {
    await explained(device, () => {
      for (const range of rangesOf(device, kernel, model, request.count)) {
        batches.push(new PictureBatch(device, kernel, model, request, range));
      }
    });
    const piece = positionsOfADispatch(model, request.count);
    const rows: Promise<void>[] = [];
    for (let y = 0; y < height; y++) {
      while (rows.length < ROWS_AHEAD + 1 && y + rows.length < height) {
        rows.push(drawRow(device, batches, y + rows.length, width, piece));
      }
      await rows.shift();
      yield (y + 1) * width;
    }
  } finally {
    for (const batch of batches) batch.dispose();
  }
}

/** Commands a row, and is over when it has come back. */
function drawRow(
  device: GpuDevice,
  batches: readonly PictureBatch[],
  y: number,
  width: number,
  piece: number,
): Promise<void> {
  const row = explained(device, async () => {
    for (let x = 0; x < width; x += piece) {
      for (const batch of batches) batch.draw(y * width + x, y * width + Math.min(x + piece, width));
    }
    await Promise.all(batches.map((batch) => batch.read(y, y + 1)));
  });
  // Nobody may be there to hear of it, when the drawing ends early.
  row.catch(() => {});
  return row;
}

function positionsOfADispatch({ network }: Model, count: number): number {
  const { height, width } = network.picture;
  const eachPosition = (multiplyAdds(network) / (height * width)) * count;
  return Math.min(width, Math.max(1, Math.floor(DISPATCH_MULTIPLY_ADDS / eachPosition)));
}

/** The request's pictures in as few ranges as the device's limits allow. */
function rangesOf({ limits }: GpuDevice, kernel: Kernel, model: Model, count: number): PictureRange[] {
  const bytes = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  const each = pictureBytes(kernel, model);
  if (each > bytes) {
    throw new ShaderError(
      "limits",
      `expected activations of at most ${bytes} bytes a picture, the device's limit, got ${each}; draw with the incremental sampler`,
    );
  }
  const most = Math.min(Math.floor(bytes / each), limits.maxComputeWorkgroupsPerDimension);
  const parts = Math.ceil(count / most);
  return Array.from({ length: parts }, (_, i) => {
    const first = Math.round((i * count) / parts);
    return { first, count: Math.round(((i + 1) * count) / parts) - first };
  });
}
