import { Purpose, uniform } from "../random/noise.ts";
import type { Dataset, Split } from "./dataset.ts";

/** A chance of one half. */
const HALF = 0.5;

/**
 * The same pictures, in every epoch about half of them flipped left to right: which ones is noise of (seed, picture, epoch), so that a training that goes on
 * sees the same. For photographs, whose mirror images are as likely as they are; not for digits or letters. (Salimans et al. 2017, arXiv:1701.05517, use it for CIFAR-10.)
 *
 * @param shape of a stored picture.
 */
export function withFlips(
  split: Split,
  { height, width, channels }: Pick<Dataset, "height" | "width" | "channels">,
  seed: number,
): Split {
  const size = height * width * channels;
  const atEpoch = (epoch: number): Split => {
    const pictures = split.atEpoch?.(epoch) ?? split;
    return {
      length: pictures.length,
      read(index, target, offset) {
        const label = pictures.read(index, target, offset);
        if (uniform(seed, index, 0, Purpose.augment, 0, epoch) < HALF) {
          flip(target.subarray(offset, offset + size), width, channels);
        }
        return label;
      },
    };
  };
  return { ...atEpoch(1), atEpoch };
}

/** Turns every row round, pixel by pixel. */
function flip(picture: Uint8Array | Uint16Array, width: number, channels: number): void {
  const rowLength = width * channels;
  for (let row = 0; row < picture.length; row += rowLength) {
    for (
      let left = row, right = row + rowLength - channels;
      left < right;
      left += channels, right -= channels
    ) {
      for (let channel = 0; channel < channels; channel++) {
        const value = picture[left + channel]!;
        picture[left + channel] = picture[right + channel]!;
        picture[right + channel] = value;
      }
    }
  }
}
