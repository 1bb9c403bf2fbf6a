/** A draw request as tensors, and its results as tensors until somebody looks at them. */

import {
  getBackend,
  reshape,
  slice,
  type Tensor2D,
  type Tensor4D,
  tensor1d,
  tensor2d,
  tidy,
  where,
} from "@tensorflow/tfjs-core";
import { LogitsError } from "../likelihoods/logits-error.ts";
import type { Model } from "../network/model.ts";
import { dimensions } from "../picture.ts";
import { Purpose, uniforms } from "../random/noise.ts";
import type { DrawRequest } from "../samplers/sampler.ts";
import { forward } from "./forward.ts";
import { disposeParameters, uploadParameters } from "./upload.ts";

/** Does a read from the current backend wait for a GPU, so that a sampler must not read for every value? */
export function readsWait(): boolean {
  return getBackend() === "webgpu";
}

/** Everything of a request that the device holds; dispose it. */
export class DeviceRequest {
  /** Values of a picture, H·W·C. */
  readonly size: number;
  /** Uniform numbers of all values, [B, size]. */
  readonly noise: Tensor2D;
  readonly #model: Model;
  readonly #request: DrawRequest;
  readonly #parameters;
  readonly #classes;
  readonly #known: { readonly levels: Tensor2D; readonly mask: Tensor2D } | null;

  constructor(model: Model, request: DrawRequest) {
    const { count, known, labels } = request;
    const size = dimensions(model.network.picture);
    this.size = size;
    this.#model = model;
    this.#request = request;
    this.noise = tensor2d(noiseOf(request, size), [count, size]);
    this.#parameters = uploadParameters(model);
    this.#classes = labels === null ? undefined : tensor1d(labels, "int32");
    this.#known = known && {
      levels: tensor2d(Float32Array.from(known.levels), [count, size]),
      mask: tensor2d(known.mask, [count, size], "bool"),
    };
  }

  /** Logits of all values of these pictures, [B·size, K] (two levels: [B·size, 1]), by value and picture. */
  logits(pixels: Tensor2D): Tensor4D {
    const { network } = this.#model;
    const { height, width, channels } = network.picture;
    return tidy(() =>
      forward(network, this.#parameters, reshape(pixels, [this.#request.count, height, width, channels]), {
        labels: this.#classes,
      }),
    );
  }

  /** The known levels where there are any, else these: values `element` … of all pictures, [B, n]. */
  withKnown(levels: Tensor2D, element: number): Tensor2D {
    const known = this.#known;
    if (known === null) return levels;
    const [count, length] = levels.shape;
    return tidy(() =>
      where(
        slice(known.mask, [0, element], [count, length]),
        slice(known.levels, [0, element], [count, length]),
        levels,
      ),
    );
  }

  dispose(): void {
    this.noise.dispose();
    disposeParameters(this.#parameters);
    this.#classes?.dispose();
    this.#known?.levels.dispose();
    this.#known?.mask.dispose();
  }
}

/**
 * Copies elements from … to - 1 of every picture to the request's arrays.
 *
 * @param drawn levels as the device holds them, [B, size]; -1 where logits are not finite.
 * @param scores log-probabilities, [B, size], where they are wanted.
 * @throws {LogitsError} for the first element whose logits are not finite.
 */
export function handOver(
  { network: { picture } }: Model,
  { count, firstIndex, pixels, logProbabilities }: DrawRequest,
  [from, to]: readonly [from: number, to: number],
  drawn: ArrayLike<number>,
  scores: ArrayLike<number> | undefined,
): void {
  const size = dimensions(picture);
  for (let element = from; element < to; element++) {
    for (let b = 0; b < count; b++) {
      const at = b * size + element;
      if (drawn[at]! < 0 || (scores && !Number.isFinite(scores[at]!))) {
        throw new LogitsError(picture, firstIndex + b, element);
      }
      pixels[at] = drawn[at]!;
      if (logProbabilities && scores) logProbabilities[at] = scores[at]!;
    }
  }
}

/** The uniform number of every value, [B, H, W, C]. 24 bits: float32 holds them exactly. */
export function noiseOf({ count, seed, firstIndex }: DrawRequest, size: number): Float32Array {
  const noise = new Float32Array(count * size);
  for (let b = 0; b < count; b++) {
    const address = { seed, index: firstIndex + b, purpose: Purpose.sample };
    uniforms(noise.subarray(b * size, (b + 1) * size), address);
  }
  return noise;
}
