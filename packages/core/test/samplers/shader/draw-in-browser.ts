/** What runs in the browser: bundled, and told by the test what to draw. */
import { decodeModelFile, type SampleOptions, sample } from "@pixelcnn/core";
import { requestShaderDevice, shaderSampler } from "@pixelcnn/core/shader";

export interface Order {
  /** In base64: a page is sent its arguments number by number. */
  readonly modelFile: string;
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

/** The device of all drawings. */
const { gpu } = (globalThis as unknown as { navigator: { gpu: Parameters<typeof requestShaderDevice>[0] } })
  .navigator;
const requested = requestShaderDevice(gpu, { software: true });

export async function drawInBrowser({ modelFile, options: { known, ...options } }: Order): Promise<Delivery> {
  const { device, adapter } = await requested;
  const { model } = decodeModelFile(Uint8Array.from(atob(modelFile), (character) => character.charCodeAt(0)));
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
  return { adapter: adapter.description, levels, logProbabilities, positions };
}
