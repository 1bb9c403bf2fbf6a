/** Pictures that one dispatch draws together, and their buffers. */

import { LogitsError } from "../../likelihoods/logits-error.ts";
import type { Model } from "../../network/model.ts";
import type { PictureShape } from "../../picture.ts";
import type { DrawRequest } from "../sampler.ts";
import { FAULT, KNOWN, LEVEL } from "./draw-value.ts";
import { type GpuBuffer, type GpuCommandEncoder, type GpuDevice, MAP_READ, Usage } from "./gpu.ts";
import { filledBuffer, type Kernel } from "./kernel.ts";

const PARAMETER_WORDS = 8;

/** Pictures first … first + count - 1 of a request. */
export interface PictureRange {
  readonly first: number;
  readonly count: number;
}

/** Bytes of the largest binding that a picture takes. */
export function pictureBytes(kernel: Kernel, model: Model): number {
  const { height, width, channels } = model.network.picture;
  return 4 * Math.max(kernel.pictureFloats, height * width * channels);
}

export class PictureBatch {
  readonly #kernel: Kernel;
  readonly #request: DrawRequest;
  readonly #range: PictureRange;
  readonly #shape: PictureShape;
  readonly #height: number;
  readonly #width: number;
  /** Values of a row, W·C. */
  readonly #rowValues: number;
  readonly #device: GpuDevice;
  readonly #buffers: GpuBuffer[] = [];
  readonly #parameters: GpuBuffer;
  readonly #pixels: GpuBuffer;
  readonly #logProbabilities: GpuBuffer;
  readonly #group: object;

  constructor(device: GpuDevice, kernel: Kernel, model: Model, request: DrawRequest, range: PictureRange) {
    const { height, width, channels } = model.network.picture;
    this.#device = device;
    this.#kernel = kernel;
    this.#request = request;
    this.#range = range;
    this.#shape = model.network.picture;
    this.#height = height;
    this.#width = width;
    this.#rowValues = width * channels;
    const keep = (buffer: GpuBuffer) => {
      this.#buffers.push(buffer);
      return buffer;
    };
    const empty = (label: string, size: number, usage: number) =>
      keep(device.createBuffer({ label, size, usage }));
    this.#parameters = empty("parameters", 4 * PARAMETER_WORDS, Usage.uniform | Usage.copyTarget);
    // None where every position needs only itself; a binding may not be empty.
    const activations = empty(
      "activations",
      Math.max(16, 4 * range.count * kernel.pictureFloats),
      Usage.storage,
    );
    this.#pixels = keep(filledBuffer(device, "pixels", this.#knownPixels()));
    const values = request.logProbabilities === null ? 4 : range.count * height * this.#rowValues;
    this.#logProbabilities = empty("log-probabilities", 4 * values, Usage.storage | Usage.copySource);
    const { first, count } = range;
    const labels = keep(
      filledBuffer(
        device,
        "labels",
        Uint32Array.from(request.labels?.subarray(first, first + count) ?? new Uint32Array(count)),
      ),
    );
    const bound = [
      this.#parameters,
      kernel.weights,
      kernel.constants,
      kernel.tables,
      activations,
      this.#pixels,
      labels,
      this.#logProbabilities,
    ];
    this.#group = device.createBindGroup({
      layout: kernel.layout,
      entries: bound.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
  }

  /** Draws positions start … end - 1 of every picture, all in one row; in order. */
  draw(start: number, end: number): void {
    const { seed, firstIndex, temperature, logProbabilities } = this.#request;
    const words = new Uint32Array(PARAMETER_WORDS);
    words.set([seed >>> 0, Math.floor(seed / 2 ** 32), firstIndex + this.#range.first, this.#range.count]);
    new Float32Array(words.buffer)[4] = temperature;
    words.set([logProbabilities === null ? 0 : 1, start, end], 5);
    this.#device.queue.writeBuffer(this.#parameters, 0, words);
    this.#submit((encoder) => {
      const pass = encoder.beginComputePass();
      const { rows, position } = this.#kernel;
      pass.setBindGroup(0, this.#group);
      for (const { pipeline, numbers, workgroups } of [
        ...(start % this.#width === 0 ? rows : []),
        position,
      ]) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(1, numbers);
        pass.dispatchWorkgroups(workgroups, this.#range.count);
      }
      pass.end();
    });
  }

  /**
   * Fetches rows from … to - 1 into the request's arrays, as soon as they are drawn.
   *
   * @throws {LogitsError} when a value of them could not be drawn.
   */
  async read(from: number, to: number): Promise<void> {
    const { pixels, logProbabilities } = this.#request;
    const scores = logProbabilities === null ? null : this.#logProbabilities;
    const bytes = 4 * (to - from) * this.#range.count * this.#rowValues;
    const offset = 4 * from * this.#range.count * this.#rowValues;
    const size = scores === null ? bytes : 2 * bytes;
    const target = this.#device.createBuffer({
      label: "read-back",
      size,
      usage: Usage.mapRead | Usage.copyTarget,
    });
    this.#buffers.push(target);
    this.#submit((encoder) => {
      encoder.copyBufferToBuffer(this.#pixels, offset, target, 0, bytes);
      if (scores) encoder.copyBufferToBuffer(scores, offset, target, bytes, bytes);
    });
    await target.mapAsync(MAP_READ);
    const mapped = target.getMappedRange();
    const words = new Uint32Array(mapped, 0, bytes / 4);
    const fault = this.#firstFault(words, from, to);
    this.#eachRow(from, to, (at, place) => {
      for (let i = 0; i < this.#rowValues; i++) pixels[at + i] = words[place + i]! & LEVEL;
      logProbabilities?.set(new Float32Array(mapped, bytes + 4 * place, this.#rowValues), at);
    });
    target.destroy();
    this.#buffers.splice(this.#buffers.indexOf(target), 1);
    if (fault) throw fault;
  }

  /** The first value that could not be drawn, as samplers come by them: element by element. */
  #firstFault(words: Uint32Array, from: number, to: number): LogitsError | null {
    const { firstIndex } = this.#request;
    const size = this.#height * this.#rowValues;
    let first = { element: size, picture: 0 };
    this.#eachRow(from, to, (at, place) => {
      const value = words.subarray(place, place + this.#rowValues).findIndex((word) => (word & FAULT) !== 0);
      const element = (at % size) + value;
      if (value >= 0 && element < first.element) {
        first = { element, picture: firstIndex + Math.floor(at / size) };
      }
    });
    return first.element === size ? null : new LogitsError(this.#shape, first.picture, first.element);
  }

  /** Frees the GPU's memory, whatever is still under way. */
  dispose(): void {
    for (const buffer of this.#buffers) buffer.destroy();
  }

  #submit(record: (encoder: GpuCommandEncoder) => void): void {
    const encoder = this.#device.createCommandEncoder();
    record(encoder);
    this.#device.queue.submit([encoder.finish()]);
  }

  #knownPixels(): Uint32Array<ArrayBuffer> {
    const { known } = this.#request;
    const words = new Uint32Array(this.#height * this.#range.count * this.#rowValues);
    if (known === null) return words;
    this.#eachRow(0, this.#height, (at, place) => {
      for (let i = 0; i < this.#rowValues; i++) {
        if (known.mask[at + i] === 1) words[place + i] = KNOWN | known.levels[at + i]!;
      }
    });
    return words;
  }

  /** Calls with the place of every row in the request's arrays, [B, H, W·C], and in a copy of rows, [H, B, W·C]. */
  #eachRow(from: number, to: number, visit: (at: number, place: number) => void): void {
    const { first, count } = this.#range;
    for (let y = from; y < to; y++) {
      for (let b = 0; b < count; b++) {
        visit(((first + b) * this.#height + y) * this.#rowValues, ((y - from) * count + b) * this.#rowValues);
      }
    }
  }
}
