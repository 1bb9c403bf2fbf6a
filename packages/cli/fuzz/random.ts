/** Numbers by chance, the same for the same seed and input: a finding can be had again by its number alone. */
import { philox4x32 } from "@pixelcnn/core";

export interface Random {
  /** 0 ... 2^32 - 1. */
  word(): number;
  /** 0 ... count - 1. */
  below(count: number): number;
  pick<T>(values: readonly T[]): T;
}

export function randomOf(seed: number, input: number): Random {
  let block = 0;
  const words = new Uint32Array(4);
  let next = 4;
  const word = () => {
    if (next === 4) {
      philox4x32(words, seed >>> 0, input >>> 0, block++, 0, 0, 0);
      next = 0;
    }
    return words[next++]!;
  };
  const below = (count: number) => Math.floor((word() / 2 ** 32) * count);
  return { word, below, pick: (values) => values[below(values.length)]! };
}
