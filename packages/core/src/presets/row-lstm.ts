/**
 * Row LSTM: cells that read the row above and go on from the cell above, a row at a time.
 *
 *     . h h h .        h   state to state, 3×1: what the layer itself was
 *     . x s . .        x   input to state, 3×1 with mask B: what the block's state is; s, the position, too
 *
 * Every layer sees a triangle that widens by a column a row, as deep as the picture: it keeps PixelCNN's blind spot. van den Oord et al. 2016,
 * arXiv:1601.06759, section 3.1. A class label, where there is one, adds a bias to the gates (arXiv:1606.05328, section 2.3).
 *
 * How we differ: the cells of a layer wait for the row above them alone, so the paper computes a row at once; we draw it position by position as any network that
 * reads its own row.
 */
import type { Network } from "../network/graph.ts";
import { rowLeft } from "../network/taps.ts";
import type { PresetOptions } from "./options.ts";
import { drawnTaps, pixelRnn } from "./pixel-rnn.ts";

/**
 * Row LSTM (van den Oord et al. 2016, arXiv:1601.06759, section 3.1): 32 channels, cells of 16, and 7 layers by default. It has a blind spot.
 *
 * @throws {OptionError} for an option out of range.
 */
export function rowLstm(options: PresetOptions): Network {
  return pixelRnn(options, (groups) => ({
    row: {
      told: rowLeft(3, "B", groups),
      taps: drawnTaps(groups, [-1, -1], [-1, 0], [-1, 1]),
      cell: { dy: -1, dx: 0 },
    },
  }));
}
