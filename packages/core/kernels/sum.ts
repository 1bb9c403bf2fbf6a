// The one instruction that most of a network becomes:
//
//     target = activation(bias + Σ convolutions + Σ addends)
//
// A concat-ELU writes twice as many channels: elu(x) of all of them, then elu(-x).
//
// Words of the instruction, after its operation number:
//
//      1 channels          2 … 6 target operand        7 panels      8 bias (a float a channel, rounded up to 32)
//      9 bytes a panel    10 runs    11 number of runs    12 addends    13 number of addends    14 activation
//
// `panels` hold the weights as [⌈channels / 8⌉][inputs][8]. A run is an operand and three words: dy · length · offset in the
// panel; its origin already contains dx and the first input channel. An addend is an operand.

import { Activation, activate, eitherElu4, eluBy, eluOfNegativeBy } from "./activations";
import { channelBytes, columnBytes, OPERAND, offsetAt } from "./operand";
import { multiplyStrip8, multiplyStrip32 } from "./strip";
import { ADDEND, addTile, finishTile, multiplyTile, RUN, splitElus } from "./tile";
import { firstLanes, gather, scatter } from "./vector";

/** Bytes of `scratch` that a product takes. */
// @ts-ignore: decorator
@inline
const PRODUCT: usize = 128;

/** Writes the runs whose row is inside the picture to `resolved`; returns their end. */
function resolveRuns(instruction: usize, y: i32, x: i32, lanes: usize, resolved: usize): usize {
  let run = load<usize>(instruction, 40);
  const runsEnd = run + load<usize>(instruction, 44) * (OPERAND + 12);
  let to = resolved;
  for (; run < runsEnd; run += OPERAND + 12) {
    const row = y + load<i32>(run, 20);
    if (row < 0) continue;
    store<usize>(to, offsetAt(run, row, x));
    store<usize>(to, columnBytes(run) * lanes, 4);
    store<usize>(to, channelBytes(run), 8);
    store<usize>(to, load<usize>(run, 28), 12);
    store<usize>(to, load<usize>(run, 24), 16);
    to += RUN;
  }
  return to;
}

function resolveAddends(instruction: usize, y: i32, x: i32, lanes: usize, resolved: usize): usize {
  let addend = load<usize>(instruction, 48);
  const addendsEnd = addend + load<usize>(instruction, 52) * OPERAND;
  let to = resolved;
  for (; addend < addendsEnd; addend += OPERAND) {
    store<usize>(to, offsetAt(addend, y, x));
    store<usize>(to, columnBytes(addend) * lanes, 4);
    store<usize>(to, channelBytes(addend), 8);
    to += ADDEND;
  }
  return to;
}

/**
 * Tiles of 4 pictures at one position (`lanes` = 1: the next tile is the next position) or of 4 positions (`lanes` = 4),
 * `tiles` of them from column x on; the last has `tail` lanes inside the row.
 */
export function sumTiles(
  instruction: usize,
  base: usize,
  blockBytes: usize,
  blocks: i32,
  y: i32,
  x: i32,
  tiles: i32,
  lanes: usize,
  tail: i32,
  scratch: usize,
): void {
  const channels = load<i32>(instruction, 4);
  const target = instruction + 8;
  const targetOffset = offsetAt(target, y, x);
  const targetStep = columnBytes(target) * lanes;
  const targetChannel = channelBytes(target);
  const panelBytes = load<usize>(instruction, 36);
  const activation = load<i32>(instruction, 56);
  const runs = scratch + PRODUCT;
  const runsEnd = resolveRuns(instruction, y, x, lanes, runs);
  const addendsEnd = resolveAddends(instruction, y, x, lanes, runsEnd);
  const apart = <usize>channels * targetChannel;
  const all = i32x4.splat(-1);
  const tailMask = firstLanes(tail);
  let panel = load<usize>(instruction, 28);
  let bias = load<usize>(instruction, 32);
  for (let first = 0; first < channels; first += 8) {
    const width = min(8, channels - first);
    let blockBase = base;
    for (let block = 0; block < blocks; block++) {
      let to = blockBase + targetOffset + <usize>first * targetChannel;
      for (let tile = 0; tile < tiles; tile++) {
        const mask = tile == tiles - 1 ? tailMask : all;
        if (runs == runsEnd) {
          addTile(blockBase, tile, bias, runsEnd, addendsEnd, first, activation, mask, to, targetChannel, width);
        } else {
          multiplyTile(blockBase, tile, runs, runsEnd, panel, bias, scratch);
          finishTile(
            blockBase, tile, scratch, runsEnd, addendsEnd, first, activation, mask, to, targetChannel, width,
          );
        }
        if (activation == Activation.concatElu) splitElus(to, targetChannel, apart, width);
        to += targetStep;
      }
      blockBase += blockBytes;
    }
    panel += panelBytes;
    bias += 32;
  }
}

/** One position of one picture, for each block. */
export function sumStrip(
  instruction: usize,
  base: usize,
  blockBytes: usize,
  blocks: i32,
  y: i32,
  x: i32,
  scratch: usize,
): void {
  const channels = load<i32>(instruction, 4);
  const target = instruction + 8;
  const targetChannel = channelBytes(target);
  const panelBytes = load<usize>(instruction, 36);
  const activation = load<i32>(instruction, 56);
  const runs = scratch + PRODUCT;
  const runsEnd = resolveRuns(instruction, y, x, 1, runs);
  const addendsEnd = resolveAddends(instruction, y, x, 1, runsEnd);
  let panel = load<usize>(instruction, 28);
  let bias = load<usize>(instruction, 32);
  const targetOffset = offsetAt(target, y, x);
  let first = 0;
  while (first < channels) {
    const step = channels - first > 8 ? 32 : 8;
    const lastPanel = (channels - first - 1) >> 3;
    const panel1 = panelBytes * <usize>min(1, lastPanel);
    const panel2 = panelBytes * <usize>min(2, lastPanel);
    const panel3 = panelBytes * <usize>min(3, lastPanel);
    let blockBase = base;
    for (let block = 0; block < blocks; block++) {
      if (step == 32) {
        multiplyStrip32(blockBase, runs, runsEnd, panel, panel1, panel2, panel3, bias, scratch);
      } else multiplyStrip8(blockBase, runs, runsEnd, panel, bias, scratch);
      const end = min(first + step, channels);
      for (let f = first; f < end; f += 4) {
        const count = min(4, end - f);
        let value = v128.load(scratch + (<usize>(f - first) << 2));
        for (let addend = runsEnd; addend < addendsEnd; addend += ADDEND) {
          const stride = load<usize>(addend, 8);
          value = f32x4.add(value, gather(blockBase + load<usize>(addend) + <usize>f * stride, stride, count));
        }
        const to = blockBase + targetOffset + <usize>f * targetChannel;
        if (activation == Activation.concatElu) {
          const either = eitherElu4(value);
          scatter(to + <usize>channels * targetChannel, targetChannel, eluOfNegativeBy(value, either), count);
          value = eluBy(value, either);
        } else value = activate(value, activation);
        scatter(to, targetChannel, value, count);
      }
      blockBase += blockBytes;
    }
    first += step;
    panel += panelBytes * <usize>(step >> 3);
    bias += <usize>step << 2;
  }
}
