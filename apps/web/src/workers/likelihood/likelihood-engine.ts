/** What the likelihood worker offers to the page, through Comlink. Beside the drawing worker, so that reading a pixel waits for no drawing. */
import { type AttentionMap, decodeModelFile, type Model, Purpose, predict, uniforms } from "@pixelcnn/core";
import { transfer } from "comlink";
import { type AttentionOf, attentionOf } from "./attention-of.ts";
import { classProbabilities } from "./class-probabilities.ts";
import type { Field, Prediction } from "./prediction.ts";

/** A model of more classes is not asked for each of them. */
const MOST_COMPARED = 100;

export class LikelihoodEngine {
  readonly #models = new Map<string, Model>();
  /** Of the last picture whose attention was asked for: a pointer asks pixel after pixel. */
  #attention: AttentionOf | null = null;

  /** @throws {PixelCnnError} of core when the bytes are no model file. */
  load(id: string, bytes: ArrayBuffer): void {
    this.#models.set(id, decodeModelFile(new Uint8Array(bytes)).model);
  }

  /**
   * The predictive distribution at every value of a picture.
   *
   * @param levels [H, W, C]
   * @param label null for the most probable class.
   */
  async predict(id: string, levels: Uint8Array, label: number | null): Promise<Prediction> {
    const model = this.#model(id);
    const { classes } = model.network;
    const compared = classes > 0 && classes <= MOST_COMPARED && label === null;
    const labels = classes === 0 ? [null] : compared ? [...Array(classes).keys()] : [label ?? 0];
    let best: Prediction | null = null;
    let most = Number.NEGATIVE_INFINITY;
    const nats: number[] = [];
    for (const one of labels) {
      const distributions = await predict(model, levels, one === null ? {} : { classLabel: one });
      const logProbabilities = ownLogProbabilities(distributions, levels);
      const sum = logProbabilities.reduce((total, value) => total + value, 0);
      nats.push(sum);
      if (best !== null && sum <= most) continue;
      most = sum;
      best = { distributions, logProbabilities, label: one, classProbability: null };
    }
    const classProbability = compared ? Math.max(...classProbabilities(nats)) : null;
    const found = { ...best!, classProbability };
    return transfer(found, [found.distributions.buffer, found.logProbabilities.buffer]);
  }

  /** p(class | the first `kept` values of a picture), for each class of the model. */
  async classProbabilities(id: string, levels: Uint8Array, kept: number): Promise<number[]> {
    const model = this.#model(id);
    const nats: number[] = [];
    for (let classLabel = 0; classLabel < model.network.classes; classLabel++) {
      const distributions = await predict(model, levels, { classLabel });
      const values = ownLogProbabilities(distributions, levels).subarray(0, kept);
      nats.push(values.reduce((total, value) => total + value, 0));
    }
    return classProbabilities(nats);
  }

  /** The random numbers that draw picture `index` of a seed, one per value, [H, W, C]. */
  noise(id: string, seed: number, index: number): Float32Array<ArrayBuffer> {
    const { height, width, channels } = this.#model(id).network.picture;
    const numbers = new Float32Array(height * width * channels);
    uniforms(numbers, { seed, index, purpose: Purpose.sample });
    return transfer(numbers, [numbers.buffer]);
  }

  /**
   * Where every head looked from a pixel of a picture; none of a model without attention.
   *
   * @param levels [H, W, C]
   * @param label as {@link Prediction.label}.
   */
  async attention(
    id: string,
    levels: Uint8Array,
    label: number | null,
    [row, column]: readonly [number, number],
  ): Promise<AttentionMap[]> {
    this.#attention = attentionOf(this.#model(id), levels, label, this.#attention);
    const maps = (await this.#attention.reading).at(row, column);
    return transfer(
      maps,
      maps.map(({ weights }) => weights.buffer),
    );
  }

  /** Of the model's own network first, then of the presets. */
  async receptiveFields(id: string): Promise<Field[]> {
    const { receptiveFields } = await import("./receptive-fields.ts"); // presets and all: for who asks
    return receptiveFields(this.#model(id).network);
  }

  #model(id: string): Model {
    const model = this.#models.get(id);
    if (model === undefined) throw new Error(`expected a model that was loaded before, got ${id}`);
    return model;
  }
}

/** The entries that the picture has: nats, [H, W, C]. */
function ownLogProbabilities(distributions: Float32Array, levels: Uint8Array): Float32Array<ArrayBuffer> {
  const count = distributions.length / levels.length;
  return Float32Array.from(levels, (level, i) => distributions[i * count + level]!);
}
