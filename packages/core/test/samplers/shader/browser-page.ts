/** What runs in the browser: bundled, and told by the test what to draw. */
import { decodeModelFile, type SampleOptions, sample } from "@pixelcnn/core";
import { requestShaderDevice, shaderSampler } from "@pixelcnn/core/shader";

export interface Order {
  readonly modelFile: readonly number[];
  readonly options: Omit<SampleOptions, "known"> & {
    readonly known?: { readonly levels: readonly number[]; readonly mask: readonly number[] };
  };
}

export interface Delivery {
  readonly adapter: string;
  readonly levels: readonly number[];
  readonly logProbabilities: readonly number[];
  /** Of the first batch. */
  readonly positions: readonly number[];
}

async function drawInBrowser({ modelFile, options: { known, ...options } }: Order): Promise<Delivery> {
  const { gpu } = (globalThis as unknown as { navigator: { gpu: Parameters<typeof requestShaderDevice>[0] } })
    .navigator;
  const { device, adapter } = await requestShaderDevice(gpu, { software: true });
  const { model } = decodeModelFile(Uint8Array.from(modelFile));
  const levels: number[] = [];
  const logProbabilities: number[] = [];
  const positions: number[] = [];
  const frames = sample(model, {
    ...options,
    logProbabilities: true,
    sampler: shaderSampler(device),
    ...(known && { known: { levels: Uint8Array.from(known.levels), mask: Uint8Array.from(known.mask) } }),
  });
  for await (const frame of frames) {
    positions.push(frame.position);
    if (!frame.complete) continue;
    levels.push(...frame.pixels);
    logProbabilities.push(...frame.logProbabilities!);
  }
  device.destroy();
  return { adapter: adapter.description, levels, logProbabilities, positions };
}

Object.assign(globalThis, { drawInBrowser });
