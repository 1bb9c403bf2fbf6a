/** The parsers of core, from bytes alone. */
import {
  encodeNpy,
  parseAmat,
  parseCifarBatch,
  parseIdxLabels,
  parseIdxPictures,
  parseNpy,
} from "@pixelcnn/core/data";
import type { Target } from "../target.ts";

const values = Array.from({ length: 60 }, (_, i) => 4 * i);
/** An array of each type that is read, [3, 4, 5]. */
export const smallArrays: readonly Uint8Array<ArrayBuffer>[] = [
  encodeNpy({ shape: [3, 4, 5], values: Uint8Array.from(values) }),
  encodeNpy({ shape: [3, 4, 5], values: Uint16Array.from(values) }),
];

const record = (label: number) => [label, ...Array.from({ length: 3072 }, (_, i) => i & 255)];

export const parserTargets: readonly Target[] = [
  {
    name: "idx pictures",
    seeds: [Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, ...Array(60).fill(7)])],
    share: 17_000,
    read: (bytes) => parseIdxPictures(bytes, "pictures"),
  },
  {
    name: "idx labels",
    seeds: [Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9])],
    share: 17_000,
    read: (bytes) => parseIdxLabels(bytes, "labels"),
  },
  {
    name: "amat",
    seeds: [new TextEncoder().encode("0 1 1 0 1 0\n".repeat(20))],
    share: 17_000,
    read: (bytes) => parseAmat(bytes, "amat", { height: 2, width: 3 }),
  },
  {
    name: "CIFAR batch",
    seeds: [Uint8Array.from([...record(3), ...record(9)])],
    share: 9_000,
    read: (bytes) => parseCifarBatch(bytes, "batch").read(0, new Uint8Array(3072), 0),
  },
  {
    name: "npy array",
    seeds: smallArrays,
    share: 8_000,
    read: (bytes) => parseNpy(bytes, "array.npy"),
  },
];
