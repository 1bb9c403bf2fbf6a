/** Draws from mixtures by their kernel; kernels/mixtures.ts names the words that it is told. */
import { leastLogScale } from "../../../likelihoods/logistic-mixture.ts";
import type { Network } from "../../../network/graph.ts";
import type { ValueDraw } from "../cached-pass.ts";
import type { Arena } from "./arena.ts";
import type { BlockSize } from "./layout.ts";

const PAIR_BYTES = 64;
const PAIR_WORDS = PAIR_BYTES / 8;
/** Where a pair's words are, of two pictures each: a uniform number, two earlier levels, the level drawn. */
const [U, EARLIER, LEVEL] = [0, 2, 6];
/** Scratch: weights, means and scales of four pictures a component in float64, and weights in float32. */
const COMPONENT_BYTES = 112;

/** Bytes of what the kernel is told of so many pictures, and its scratch. */
export function mixtureBytesOf(pictures: number, components: number): number {
  return Math.ceil(pictures / 2) * PAIR_BYTES + components * COMPONENT_BYTES;
}

/** Pictures of a batch, and where their logits are. */
interface PlacedPictures {
  readonly size: BlockSize;
  /** Blocks: any number of four pictures, or at most two of one, which make a pair. */
  readonly count: number;
  readonly blockBytes: number;
  /** Address of the first picture's first logit at the position. */
  readonly logits: number;
  readonly channelBytes: number;
  /** Address of {@link mixtureBytesOf} bytes. */
  readonly weights: number;
  readonly firstPicture: number;
  readonly pictures: number;
}

/** Draws picture channel `channel` of the pictures, whose logits are finite or answered by -1. */
export function drawMixtures(
  { memory, kernels }: Arena,
  { picture, likelihood }: Network,
  channel: number,
  placed: PlacedPictures,
  { temperature, u, earlier, drawn }: ValueDraw,
): void {
  if (likelihood?.kind !== "mixture") throw new Error(`expected a mixture, got ${likelihood?.kind}`);
  const { size, count, blockBytes, logits, channelBytes, weights, firstPicture, pictures } = placed;
  const pairs = Math.ceil((count * size) / 2);
  const words = new Float64Array(memory.buffer, weights, pairs * PAIR_WORDS);
  const at = (i: number) => (i >> 1) * PAIR_WORDS + (i & 1);
  for (let i = 0; i < pictures; i++) {
    words[at(i) + U] = u(firstPicture + i);
    const before = channel === 0 ? [] : earlier(firstPicture + i);
    for (let j = 0; j < channel; j++) words[at(i) + EARLIER + 2 * j] = before[j]!;
  }
  const last = picture.levels - 1;
  const { components } = likelihood;
  const scratch = weights + pairs * PAIR_BYTES;
  const least = leastLogScale(picture.levels);
  // One or two single pictures are a pair; one alone is so with itself.
  const [blocks, apart, pairApart] = size === 4 ? [count, 4, 8] : [1, (count - 1) * blockBytes, 0];
  kernels.drawMixtures(
    ...[logits, blockBytes, blocks, apart, pairApart, channelBytes, components, channel, last],
    ...[least, temperature, weights, scratch],
  );
  for (let i = 0; i < pictures; i++) drawn[firstPicture + i] = words[at(i) + LEVEL]!;
}
