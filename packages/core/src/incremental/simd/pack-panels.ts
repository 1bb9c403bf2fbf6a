import type { Sum } from "../plan.ts";
import type { Window } from "../windows.ts";

/** Output channels that a tile computes at once. */
export const PANEL = 8;

/**
 * A sum's weights in the order in which tiles read them.
 *
 * @returns [⌈channels / 8⌉, inputs of all windows, 8]; 0 beyond the last channel.
 */
export function packPanels({ windows, target, channels: count }: Sum): Float32Array {
  const start = target.channel;
  const end = start + count;
  const inputs = inputCount(windows);
  const panels = new Float32Array(Math.ceil((end - start) / PANEL) * inputs * PANEL);
  let input = 0;
  for (const { convolution, tap, channel, length } of windows) {
    const { channels, weight } = convolution;
    const sourceChannels = weight!.length / (tapCount(convolution) * channels);
    for (let k = channel; k < channel + length; k++, input++) {
      const row = (tap * sourceChannels + k) * channels; // weight is [taps, F_in, F_out]
      for (let f = start; f < end; f++) {
        const panel = Math.floor((f - start) / PANEL);
        panels[(panel * inputs + input) * PANEL + ((f - start) % PANEL)] = weight![row + f]!;
      }
    }
  }
  return panels;
}

/** Inputs of a sum: the lengths of its windows together. */
export function inputCount(windows: readonly Window[]): number {
  return windows.reduce((sum, { length }) => sum + length, 0);
}

function tapCount({ node }: Window["convolution"]): number {
  return node.op === "convolution" ? node.taps.length : 0;
}
