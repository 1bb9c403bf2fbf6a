/**
 * Diagonal BiLSTM: cells along both diagonals, so that every layer sees everything before a pixel.
 *
 *     left             right
 *     . h .            . x .          h   state to state: what the cells themselves were above and beside
 *     h s .            . . h          x   input to state, 1×1, mask B of the position s itself; on the right of the row above
 *
 * The right cells would see later pixels, so they are one row late: van den Oord et al. 2016, arXiv:1601.06759, section 3.2, shift their output down a row. Here
 * they are told of the row above, which is the same but where there is none: then they are told 0 as of anything outside the picture. They wait for nothing of
 * their row and are swept from right to left before it is drawn. A class label, where there is one, adds a bias to the gates (arXiv:1606.05328, section 2.3).
 */
import type { Network } from "../network/graph.ts";
import { pointwise } from "../network/taps.ts";
import type { PresetOptions } from "./options.ts";
import { drawnTaps, pixelRnn } from "./pixel-rnn.ts";

/**
 * Diagonal BiLSTM (van den Oord et al. 2016, arXiv:1601.06759, section 3.2): 32 channels, cells of 16, and 7 layers by default, as published for binary MNIST.
 *
 * @throws {OptionError} for an option out of range.
 */
export function diagonalBilstm(options: PresetOptions): Network {
  return pixelRnn(options, (groups) => ({
    left: {
      told: pointwise(groups),
      taps: drawnTaps(groups, [-1, 0], [0, -1]),
      cell: { dy: 0, dx: -1 },
    },
    right: {
      told: drawnTaps(groups, [-1, 0]),
      taps: drawnTaps(groups, [-1, 0], [0, 1]),
      cell: { dy: 0, dx: 1 },
    },
  }));
}
