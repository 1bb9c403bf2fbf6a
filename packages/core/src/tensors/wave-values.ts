/** What has been computed of a value, wave by wave. */
import { concat, gather, type Tensor3D, zeros } from "@tensorflow/tfjs-core";
import type { TapOffset } from "../computation/primitive.ts";
import { indices, type WaveOrder } from "./wave-order.ts";

/** [positions of the wave, B, F] each. */
export class WaveValues {
  readonly #parts: (Tensor3D | null)[];
  readonly #order: WaveOrder;
  readonly #channels: number;

  constructor(order: WaveOrder, channels: number) {
    this.#order = order;
    this.#channels = channels;
    this.#parts = order.waves.map(() => null);
  }

  put(wave: number, part: Tensor3D): void {
    this.#parts[wave] = part;
  }

  /** What lies at an offset of every position of a wave, 0 outside the picture. */
  at(wave: number, offset: TapOffset): Tensor3D {
    const { wave: other, places } = this.#order.reads(wave, offset);
    const size = [this.#order.batch, this.#channels] as const;
    if (other === null) return zeros([places.length, ...size]);
    const part = this.#parts[other]!;
    const [count] = part.shape;
    if (places.length === count && places.every((place, k) => place === k)) return part;
    const padded = places.includes(-1) ? (concat([part, zeros([1, ...size])], 0) as Tensor3D) : part;
    return gather(padded, indices(places.map((place) => (place < 0 ? count : place))));
  }

  /** Of all positions, in the order of the waves. */
  all(): Tensor3D {
    return concat(this.#parts.filter((part) => part !== null));
  }
}
