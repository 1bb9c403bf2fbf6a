import { type Constants, inputCount, type Sum } from "../../lowering/index.ts";

/** Output channels that a tile computes at once. */
export const PANEL = 8;

/**
 * A sum's weights in the order in which tiles read them.
 *
 * @returns [⌈channels / 8⌉, inputs of all windows, 8]; 0 beyond the last channel.
 */
export function packPanels({ windows, first, channels }: Sum, constants: Constants): Float32Array {
  const inputs = inputCount(windows);
  const panels = new Float32Array(Math.ceil(channels / PANEL) * inputs * PANEL);
  let input = 0;
  for (const window of windows) {
    for (let k = 0; k < window.length; k++, input++) {
      for (let f = 0; f < channels; f++) {
        const at = (Math.floor(f / PANEL) * inputs + input) * PANEL + (f % PANEL);
        panels[at] = constants.weight(window, k, first + f);
      }
    }
  }
  return panels;
}
