/**
 * A sum of the plan at one position of one picture:
 *
 *     target = activation(bias + Σ convolutions + Σ addends)
 *
 * A register holds one output channel from its bias to its last input, so that every product and every sum is rounded to float32 in
 * the order of the plan: bias, windows one after the other and their inputs in order, addends. Eight channels at a time, because eight
 * sums that do not wait for each other keep a processor busy.
 */
import { elu, relu } from "../../../arithmetic/activations.ts";
import { type Activation, type Constants, inputCount, roundUp, type Sum } from "../../../lowering/index.ts";
import { PANEL, packPanels } from "../pack-panels.ts";
import { type Layout, offsetAt, type Place } from "./layout.ts";

const { fround } = Math;

/** Neighbouring inputs in one row of the picture. */
interface Run {
  readonly place: Place;
  readonly dy: number;
  length: number;
  /** Inputs before it. */
  readonly input: number;
}

/** A sum with its numbers and its places. */
export interface PlacedSum {
  readonly op: "sum";
  readonly sum: Sum;
  readonly target: Place;
  readonly addends: readonly Place[];
  readonly runs: readonly Run[];
  /** [⌈channels / 8⌉, inputs, 8] */
  readonly panels: Float32Array;
  /** [channels rounded up to 8] */
  readonly bias: Float32Array;
  /** Inputs of all runs. */
  readonly inputs: number;
}

export function placeSum(sum: Sum, constants: Constants, layout: Layout): PlacedSum {
  const bias = new Float32Array(roundUp(sum.channels, PANEL));
  bias.set(constants.bias(sum));
  return {
    op: "sum",
    sum,
    target: layout.place(sum.target),
    addends: sum.addends.map((slot) => layout.place(slot)),
    runs: runsOf(sum, layout),
    panels: packPanels(sum, constants),
    bias,
    inputs: inputCount(sum.windows),
  };
}

/** Windows whose inputs lie behind each other become one run: a row of taps over all channels, say. */
function runsOf({ windows }: Sum, layout: Layout): Run[] {
  const runs: Run[] = [];
  let input = 0;
  for (const { dx, dy, length, ...slot } of windows) {
    const place = layout.place(slot, dx);
    const last = runs.at(-1);
    const continues =
      last?.dy === dy &&
      last.place.rowFloats === place.rowFloats &&
      last.place.columnFloats === place.columnFloats &&
      last.place.origin + last.length === place.origin;
    if (last && continues) last.length += length;
    else runs.push({ place, dy, length, input });
    input += length;
  }
  return runs;
}

/** A panel's sums. */
const sums = new Float32Array(PANEL);

/** Computes the sum at (y, x) of the picture in `memory`. */
export function addUp(placed: PlacedSum, memory: Float32Array, y: number, x: number): void {
  const { sum, panels, bias, inputs, addends, runs } = placed;
  const { channels, activation } = sum;
  const target = offsetAt(placed.target, y, x);
  for (let first = 0; first < channels; first += PANEL) {
    let s0 = bias[first]!;
    let s1 = bias[first + 1]!;
    let s2 = bias[first + 2]!;
    let s3 = bias[first + 3]!;
    let s4 = bias[first + 4]!;
    let s5 = bias[first + 5]!;
    let s6 = bias[first + 6]!;
    let s7 = bias[first + 7]!;
    for (const { place, dy, length, input } of runs) {
      // Rows above the picture add nothing; none are below.
      if (y + dy < 0) continue;
      const start = offsetAt(place, y + dy, x);
      let w = first * inputs + input * PANEL;
      for (let at = start; at < start + length; at++, w += PANEL) {
        const value = memory[at]!;
        s0 = fround(s0 + fround(value * panels[w]!));
        s1 = fround(s1 + fround(value * panels[w + 1]!));
        s2 = fround(s2 + fround(value * panels[w + 2]!));
        s3 = fround(s3 + fround(value * panels[w + 3]!));
        s4 = fround(s4 + fround(value * panels[w + 4]!));
        s5 = fround(s5 + fround(value * panels[w + 5]!));
        s6 = fround(s6 + fround(value * panels[w + 6]!));
        s7 = fround(s7 + fround(value * panels[w + 7]!));
      }
    }
    sums[0] = s0;
    sums[1] = s1;
    sums[2] = s2;
    sums[3] = s3;
    sums[4] = s4;
    sums[5] = s5;
    sums[6] = s6;
    sums[7] = s7;
    const end = Math.min(PANEL, channels - first);
    for (let f = 0; f < end; f++) {
      let value = sums[f]!;
      for (const place of addends) value = fround(value + memory[offsetAt(place, y, x) + first + f]!);
      memory[target + first + f] = activate(value, activation);
      if (activation === "concatElu") memory[target + channels + first + f] = elu(-value);
    }
  }
}

/** What the sum's own channel becomes. */
function activate(x: number, activation: Activation): number {
  switch (activation) {
    case "none":
      return x;
    case "relu":
      return relu(x);
    case "elu":
    case "concatElu":
      return elu(x);
    default:
      return activation satisfies never;
  }
}
