import type { ChannelRange, Tap } from "../network/graph.ts";
import type { PictureShape } from "../picture.ts";

/** A stretch of input channels at one tap: what one convolution reads there for one group of its outputs. */
export interface Window {
  /** Buffer that it reads. */
  readonly buffer: number;
  /** Offset from the position, dilation included. */
  readonly dy: number;
  readonly dx: number;
  readonly channel: number;
  /** Input channels. */
  readonly length: number;
  /** Instruction that it belongs to, by position. */
  readonly convolution: number;
  readonly tap: number;
}

/** What taps look at: a convolution's input, or an LSTM's own output. */
export interface Looked {
  readonly taps: readonly Tap[];
  readonly dilation: number;
  /** Channel groups of what they look at, and its buffer. */
  readonly groups: readonly ChannelRange[];
  readonly buffer: number;
}

/** The windows of output group `group`, tap by tap. Taps that lie outside the picture from every position are left out. */
export function windowsOf(
  { taps, dilation, groups, buffer }: Looked,
  convolution: number,
  group: number,
  picture: PictureShape,
): Window[] {
  return taps.flatMap((tap, t) => {
    const dy = tap.dy * dilation;
    const dx = tap.dx * dilation;
    if (Math.abs(dy) >= picture.height || Math.abs(dx) >= picture.width) return [];
    const ranges = tap.pairs
      .filter(([output]) => output === group)
      .map(([, input]) => groups[input]!)
      .sort(([a], [b]) => a - b);
    return join(ranges).map(([start, end]): Window => {
      return { buffer, dy, dx, channel: start, length: end - start, convolution, tap: t };
    });
  });
}

/** Inputs of a sum: the lengths of its windows together. */
export function inputCount(windows: readonly Window[]): number {
  return windows.reduce((sum, { length }) => sum + length, 0);
}

/** Neighbouring ranges as one; empty ones vanish. */
function join(ranges: readonly ChannelRange[]): ChannelRange[] {
  const joined: [number, number][] = [];
  for (const [start, end] of ranges) {
    const last = joined.at(-1);
    if (end === start) continue;
    if (last?.[1] === start) last[1] = end;
    else joined.push([start, end]);
  }
  return joined;
}
