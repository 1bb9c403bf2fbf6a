/** One drawing in the worker. The page pulls: a drawing that nobody asks to go on costs nothing. */

import { type Frame, type Model, type Sampler, sample } from "@pixelcnn/core";
import { transfer } from "comlink";
import { bytesOfLevels } from "./bytes-of-levels";
import type { DrawingRequest, DrawingStep } from "./drawing-request.ts";
import { knownPositions } from "./known-positions.ts";
import type { SamplerSource } from "./sampler-source.ts";

export class DrawingSession {
  readonly #model: Model;
  readonly #request: DrawingRequest;
  readonly #samplers: SamplerSource;
  /** What is drawn, and by whom: another sampler may be chosen meanwhile. */
  #drawing: { readonly frames: AsyncGenerator<Frame, void, undefined>; readonly sampler: Sampler } | null =
    null;
  /** Told so far; what is known from the start is not worth a step. */
  #position: number;
  #computeMs = 0;

  constructor(model: Model, request: DrawingRequest, samplers: SamplerSource) {
    this.#model = model;
    this.#request = request;
    this.#samplers = samplers;
    this.#position = knownPositions(request.known, model.network.picture);
  }

  /**
   * Goes on to the next positions; null when all pictures are complete.
   *
   * A shader that fails (device lost, out of memory) is replaced by the incremental sampler, which draws the same pictures
   * from the start again and takes over where the shader stopped.
   */
  async next(): Promise<DrawingStep | null> {
    for (;;) {
      this.#drawing ??= this.#open((await this.#samplers.current()).sampler);
      const { frames, sampler } = this.#drawing;
      try {
        const frame = await this.#pull(frames);
        if (frame === null) return null;
        if (frame.position > this.#position) return this.#step(frame);
      } catch (error) {
        this.#drawing = null;
        if (!(await this.#samplers.giveUp(sampler, error))) throw error;
      }
    }
  }

  /** Frees what the drawing holds. */
  async close(): Promise<void> {
    await this.#drawing?.frames.return(undefined);
    this.#drawing = null;
  }

  #open(sampler: Sampler) {
    const { labels, ...options } = this.#request;
    const { count } = this.#request;
    const frames = sample(this.#model, {
      ...options,
      ...(labels && { classLabel: labels }),
      batchSize: count,
      sampler,
    });
    return { frames, sampler };
  }

  async #pull(frames: AsyncGenerator<Frame, void, undefined>): Promise<Frame | null> {
    const start = performance.now();
    const { value, done } = await frames.next();
    this.#computeMs += performance.now() - start;
    return done === true ? null : value;
  }

  #step({ pixels, logProbabilities, position }: Frame): DrawingStep {
    this.#position = position;
    const own = {
      pixels: bytesOfLevels(pixels),
      logProbabilities: logProbabilities?.slice() ?? null,
      position,
      computeMs: this.#computeMs,
    };
    const buffers = [own.pixels.buffer, ...(own.logProbabilities ? [own.logProbabilities.buffer] : [])];
    return transfer(own, buffers);
  }
}
