/**
 * One lane of the race: draws one picture with core's sampler in plain TypeScript, so that both lanes run the same code.
 *
 * `cached` computes every activation once. `naive` runs the whole network for every pixel: the pixels so far are given, a whole
 * picture is computed, and only the next pixel of it is kept, as a sampler does that knows nothing but the forward pass.
 */

import { decodeModelFile, type Frame, type Model, multiplyAdds, sample } from "@pixelcnn/core";
import { scalarSampler } from "@pixelcnn/core/incremental";
import { bytesOfLevels } from "../../../workers/drawing/bytes-of-levels";

export type Lane = "naive" | "cached";

/** How far a lane is. */
export interface LaneProgress {
  /** Levels, [H, W]; 0 where nothing is drawn yet. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Pixels that are final. */
  readonly drawn: number;
  /** Multiply-adds so far, by `multiplyAdds` of core. */
  readonly work: number;
  readonly computeMs: number;
}

/** A step computes at least this long before it answers. */
const STEP_MS = 60;

export class RaceLane {
  readonly #model: Model;
  readonly #generator: AsyncGenerator<Omit<LaneProgress, "computeMs">>;
  #computeMs = 0;

  /** @param label class of the picture; null for a model without classes. */
  constructor(bytes: ArrayBuffer, lane: Lane, seed: number, label: number | null) {
    this.#model = decodeModelFile(new Uint8Array(bytes)).model;
    this.#generator = lane === "cached" ? this.#drawCached(seed, label) : this.#drawNaive(seed, label);
  }

  /** Goes on for a moment; null when the picture was finished before. */
  async step(): Promise<LaneProgress | null> {
    const started = performance.now();
    let last: Omit<LaneProgress, "computeMs"> | null = null;
    while (performance.now() - started < STEP_MS) {
      const { value, done } = await this.#generator.next();
      if (done) break;
      last = value;
    }
    this.#computeMs += performance.now() - started;
    return last && { ...last, computeMs: this.#computeMs };
  }

  async *#drawCached(seed: number, label: number | null): AsyncGenerator<Omit<LaneProgress, "computeMs">> {
    const all = multiplyAdds(this.#model.network);
    const total = this.#total;
    for await (const { pixels, position } of this.#sample(seed, label)) {
      yield { pixels: bytesOfLevels(pixels), drawn: position, work: (all * position) / total };
    }
  }

  async *#drawNaive(seed: number, label: number | null): AsyncGenerator<Omit<LaneProgress, "computeMs">> {
    const all = multiplyAdds(this.#model.network);
    const levels = new Uint8Array(this.#total);
    const mask = new Uint8Array(this.#total);
    for (let at = 0; at < this.#total; at++) {
      let picture = levels;
      for await (const frame of this.#sample(seed, label, { levels, mask }))
        picture = bytesOfLevels(frame.pixels);
      levels[at] = picture[at]!;
      mask[at] = 1;
      yield { pixels: levels.slice(), drawn: at + 1, work: all * (at + 1) };
    }
  }

  get #total(): number {
    const { height, width } = this.#model.network.picture;
    return height * width;
  }

  #sample(
    seed: number,
    label: number | null,
    known?: { levels: Uint8Array; mask: Uint8Array },
  ): AsyncIterable<Frame> {
    return sample(this.#model, {
      count: 1,
      seed,
      ...(label !== null && { classLabel: label }),
      sampler: scalarSampler,
      ...(known && { known }),
    });
  }
}
