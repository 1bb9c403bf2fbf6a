/**
 * An LSTM with taps on itself, and its gradient: of every position p of every picture, with four gates o, f, i, g,
 *
 *     a = x[p] + Σ_t h[p + t]·W_t        c[p] = σ(f)·c[p + cell] + σ(i)·tanh(g)        h[p] = σ(o)·tanh(c[p])
 *
 * A wave of positions after another (lstm-plan.ts): its sums are one matrix product, [lanes·pictures, taps·F] × [taps·F, 4F], then come its cells. The
 * gradient works all sums out anew, in one convolution, since h is known; then it goes through the waves backwards, its product with the transposed matrices.
 */
import { noAddends } from "./addends.ts";
import { sameSize } from "./convolution-plan.ts";
import { runConvolution } from "./convolution-run.ts";
import type { FilterView } from "./filter-view.ts";
import type { LstmFrame, LstmPlan, Wave } from "./lstm-plan.ts";
import type { Machine } from "./machine.ts";
import { roundUp } from "./round-up.ts";
import { withScratch, writeInts } from "./wasm-backend.ts";

/** Byte addresses: x and da [B,H,W,4F], W [taps,F,4F], states and dstates [B,H,W,2F]. */
export interface LstmArrays {
  readonly x: number;
  readonly weight: number;
  readonly states: number;
}

/** As {@link LstmArrays}. */
export interface LstmGradientArrays extends LstmArrays {
  readonly dstates: number;
  readonly da: number;
}

/** Writes the states: at every position h's channels, then c's. */
export function runLstm(machine: Machine, plan: LstmPlan, at: LstmArrays): void {
  const { backend, functions } = machine;
  const { batch, height, width, channels: F, frame, cell } = plan;
  const sizes = [4 * F * positionsOf(plan, frame), 16 * F * plan.lanes * batch];
  withScratch(backend, sizes, (framed, sums) => {
    functions.zero(framed!, sizes[0]!);
    withTables(machine, plan, ({ ranges, rangeCount }) =>
      withProduct(machine, plan, forwards(plan, at.weight), (multiply) => {
        for (const wave of plan.waves) {
          const position = wave.row * width + wave.column;
          const inFrame = framed! + 4 * F * indexIn(plan, frame, wave);
          multiply(wave, inFrame, sums!);
          functions.lstmCells(
            ...([sums!, at.x + 16 * F * position, at.states + 8 * F * position] as const),
            ...([inFrame, 4 * F * batch * frame.laneStep] as const),
            ...([wave.lanes, 4 * F * plan.laneStep, batch, 4 * F * height * width] as const),
            ...([8 * F * (cell[0] * width + cell[1]), ...wave.continues, F, ranges, rangeCount] as const),
          );
        }
      }),
    );
  });
}

/** Writes da, the gradient at the gates' sums, which is x's; da may lie where x lies. */
export function runLstmGradient(machine: Machine, plan: LstmPlan, at: LstmGradientArrays): void {
  const { backend, functions } = machine;
  const { batch, height, width, channels: F, gradientFrame: frame, cell, cellOffset } = plan;
  const positions = batch * height * width;
  withScratch(backend, [4 * F * positions], (hidden) => {
    functions.gatherRows(at.states, 8 * F, positions, F, hidden!);
    const geometry = sameSize([batch, height, width, F], plan.offsets);
    const filter = {
      address: at.weight,
      tapStep: 16 * F * F,
      inStep: 16 * F,
      outStep: 4,
      outChannels: 4 * F,
    };
    runConvolution(machine, geometry, hidden!, filter, { ...noAddends, elements: at.x }, at.da);
  });
  const framed = positionsOf(plan, frame);
  const sizes = [16 * F * framed, 4 * F * framed, 4 * F * plan.lanes * batch];
  withScratch(backend, sizes, (slopes, carried, sums) => {
    functions.zero(slopes!, sizes[0]!);
    functions.zero(carried!, sizes[1]!);
    // A cell that touches no picture hands nothing on: what it would reach is left 0.
    const next = cellOffset === null ? 0 : -(cell[0] * frame.columns + cell[1]) * batch;
    withTables(machine, plan, ({ ranges, rangeCount }) =>
      withProduct(machine, plan, backwards(plan, at.weight), (multiply) => {
        for (const wave of [...plan.waves].reverse()) {
          const position = wave.row * width + wave.column;
          const inFrame = indexIn(plan, frame, wave);
          multiply(wave, slopes! + 16 * F * inFrame, sums!);
          functions.lstmCellGradients(
            ...([sums!, at.da + 16 * F * position] as const),
            ...([at.states + 8 * F * position, at.dstates + 8 * F * position] as const),
            ...([
              slopes! + 16 * F * inFrame,
              16 * F * batch * frame.laneStep,
              carried! + 4 * F * inFrame,
            ] as const),
            ...([wave.lanes, 4 * F * plan.laneStep, batch, 4 * F * height * width] as const),
            ...([8 * F * (cell[0] * width + cell[1]), ...wave.continues, 4 * F * next, F] as const),
            ...([ranges, rangeCount] as const),
          );
        }
      }),
    );
  });
}

/** What a wave's matrix product multiplies, and with what: `ins` channels of every tap, at distances in a frame. */
interface Product {
  readonly frame: LstmFrame;
  readonly filter: FilterView;
  readonly ins: number;
  /** Positions in the frame from a position to what each tap reads. */
  readonly distances: readonly number[];
}

function forwards({ frame, channels: F, tapOffsets }: LstmPlan, address: number): Product {
  const filter = { address, tapStep: 16 * F * F, inStep: 16 * F, outStep: 4, outChannels: 4 * F };
  return { frame, filter, ins: F, distances: tapOffsets.map(([dy, dx]) => dy * frame.columns + dx) };
}

/** The taps' transposed matrices, at negated offsets. */
function backwards({ gradientFrame: frame, channels: F, tapOffsets }: LstmPlan, address: number): Product {
  const filter = { address, tapStep: 16 * F * F, inStep: 4, outStep: 16 * F, outChannels: F };
  return { frame, filter, ins: 4 * F, distances: tapOffsets.map(([dy, dx]) => -dy * frame.columns - dx) };
}

/** Packs the matrices and hands `use` their product with a wave, from where its first position lies in the frame. */
function withProduct(
  { backend, functions }: Machine,
  { batch, taps }: LstmPlan,
  { frame, filter, ins, distances }: Product,
  use: (multiply: (wave: Wave, from: number, to: number) => void) => void,
): void {
  const wholeOut = roundUp(filter.outChannels, 8);
  const sizes = [4 * wholeOut, 4 * taps.length, 4 * taps.length, 4 * taps.length * ins * wholeOut];
  withScratch(backend, sizes, (bias, matrices, reads, panels) => {
    functions.zero(bias!, sizes[0]!);
    const position = 4 * ins * batch;
    writeInts(
      backend,
      matrices!,
      taps.map((tap) => tap * filter.tapStep),
    );
    writeInts(
      backend,
      reads!,
      distances.map((distance) => distance * position),
    );
    functions.packPanels(
      ...([filter.address, matrices!, taps.length, ins, filter.inStep] as const),
      ...([filter.outChannels, filter.outStep, ins, taps.length * ins, panels!] as const),
    );
    use(({ lanes }, from, to) =>
      functions.convolve(
        ...([from, reads!, taps.length, ins, lanes, batch, position * frame.laneStep, 4 * ins] as const),
        ...([panels!, bias!, 0, 0, to, filter.outChannels] as const),
      ),
    );
  });
}

/** Lends the table of channel groups that the cells read. */
function withTables(
  { backend }: Machine,
  { groups }: LstmPlan,
  use: (tables: { readonly ranges: number; readonly rangeCount: number }) => void,
): void {
  const table = groups.flatMap((end, i) =>
    i % 2 === 0 ? [] : [4 * groups[i - 1]!, 4 * (end - groups[i - 1]!)],
  );
  withScratch(backend, [4 * table.length], (ranges) => {
    writeInts(backend, ranges!, table);
    use({ ranges: ranges!, rangeCount: table.length / 2 });
  });
}

/** Positions of all pictures in a frame. */
function positionsOf({ batch }: LstmPlan, { rows, columns }: LstmFrame): number {
  return batch * rows * columns;
}

/** Index of a wave's first position in a frame. */
function indexIn({ batch }: LstmPlan, { columns, top, left }: LstmFrame, { row, column }: Wave): number {
  return batch * ((row + top) * columns + column + left);
}
