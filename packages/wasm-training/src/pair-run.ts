// Convolution and filter gradient in pairs of positions: the sums before, the products, the sums after.

import { type Addends, sizeOfBiases, writeBiases } from "./addends.ts";
import type { FilterView } from "./filter-view.ts";
import type { Machine } from "./machine.ts";
import type { PairPlan } from "./pair-plan.ts";
import { roundUp } from "./round-up.ts";
import { withScratch, writeInts } from "./wasm-backend.ts";

/** Products for every pair: the u, v and e of assembly/winograd.ts come in so many planes. */
const PLANES = 4;
/** Floats that the kernel keeps of a tile: four pairs × eight channels a plane. */
const TILE = PLANES * 4 * 8;

/** As `runConvolution`. */
export function runPairConvolution(
  machine: Machine,
  plan: PairPlan,
  x: number,
  filter: FilterView,
  addends: Addends,
  y: number,
): void {
  const { backend, functions } = machine;
  const { rows, columns, ins, outs, tapRows, pairs } = plan;
  const wholeOut = roundUp(outs, 8);
  const panelPlaneBytes = tapRows.length * ins * wholeOut * 4;
  const biasSize = sizeOfBiases(addends, plan.pictures, wholeOut);
  const sizes = [biasSize, tapRows.length * 3 * 4, PLANES * panelPlaneBytes, TILE * 4];
  withScratch(backend, sizes, (biases, taps, panels, products) => {
    const biasStep = writeBiases(machine, addends, plan.pictures, outs, wholeOut, biases!);
    writeTaps(machine, plan, filter.tapStep, taps!);
    functions.pairFilters(
      filter.address,
      taps!,
      tapRows.length,
      ins,
      filter.inStep,
      outs,
      filter.outStep,
      panels!,
      panelPlaneBytes,
    );
    forEachPicture(machine, plan, x, ({ picture, planes, planeBytes, tapRowTable, pairTable }) => {
      const at = picture * rows * columns * outs * 4;
      functions.convolvePairs(
        planes,
        planeBytes,
        tapRowTable,
        tapRows.length,
        ins,
        rows,
        pairTable,
        pairs.length,
        panels!,
        panelPlaneBytes,
        biases! + picture * biasStep,
        (addends.elements ?? 0) + at,
        Number(addends.elements !== null),
        y + at,
        columns * outs * 4,
        outs,
        products!,
      );
    });
  });
}

/** As `runFilterGradient`. */
export function runPairFilterGradient(
  machine: Machine,
  plan: PairPlan,
  x: number,
  dy: number,
  dfilter: number,
): void {
  const { backend, functions } = machine;
  const { rows, columns, ins, outs, tapRows, pairs } = plan;
  const sumBytes = tapRows.length * ins * outs * 4;
  const gradientBytes = rows * pairs.length * outs * 4;
  const sizes = [PLANES * sumBytes, PLANES * gradientBytes, tapRows.length * 3 * 4];
  withScratch(backend, sizes, (sums, gradients, taps) => {
    functions.zero(sums!, PLANES * sumBytes);
    forEachPicture(machine, plan, x, ({ picture, planes, planeBytes, tapRowTable, pairTable, zeros }) => {
      functions.pairGradients(
        dy + picture * rows * columns * outs * 4,
        rows,
        columns * outs * 4,
        outs,
        pairTable,
        pairs.length,
        zeros,
        gradients!,
        gradientBytes,
      );
      for (let plane = 0; plane < PLANES; plane++) {
        functions.correlate(
          planes + plane * planeBytes,
          tapRowTable,
          tapRows.length,
          ins,
          1,
          rows * pairs.length,
          0,
          ins * 4,
          gradients! + plane * gradientBytes,
          outs,
          sums! + plane * sumBytes,
        );
      }
    });
    writeTaps(machine, plan, ins * outs * 4, taps!);
    functions.pairFilterGradients(sums!, sumBytes, taps!, tapRows.length, ins * outs, dfilter);
  });
}

/** A picture as v's planes, and the tables that tell where things lie; addresses. */
interface PairedPicture {
  readonly picture: number;
  readonly planes: number;
  readonly planeBytes: number;
  readonly tapRowTable: number;
  readonly pairTable: number;
  /** A cell of x or y. */
  readonly zeros: number;
}

/** Brings one picture after the other into pairs and hands it to `use`. */
function forEachPicture(
  { backend, functions }: Machine,
  plan: PairPlan,
  x: number,
  use: (paired: PairedPicture) => void,
): void {
  const { rows, columns, ins, outs, tapRows, dilation, pairs, frame } = plan;
  const rowBytes = pairs.length * ins * 4;
  const planeBytes = frame.rows * rowBytes;
  const zeroBytes = Math.max(ins, outs) * 4;
  const sizes = [PLANES * planeBytes, tapRows.length * 4, pairs.length * 2 * 4, zeroBytes];
  withScratch(backend, sizes, (planes, tapRowTable, pairTable, zeros) => {
    const top = frame.from - frame.to;
    writeInts(
      backend,
      tapRowTable!,
      tapRows.map(({ dy }) => (dy - top) * rowBytes),
    );
    writeInts(
      backend,
      pairTable!,
      pairs.flatMap(([first, second]) => [first * outs * 4, second === null ? -1 : second * outs * 4]),
    );
    functions.zero(zeros!, zeroBytes);
    // Rows beyond the picture stay zero while picture after picture is laid between them.
    functions.zero(planes!, PLANES * planeBytes);
    for (let picture = 0; picture < plan.pictures; picture++) {
      functions.pairInputs(
        x + (picture * rows + frame.from) * columns * ins * 4,
        frame.count,
        columns,
        ins,
        dilation,
        pairs.length,
        zeros!,
        planes! + frame.to * rowBytes,
        planeBytes,
      );
      use({
        picture,
        planes: planes!,
        planeBytes,
        tapRowTable: tapRowTable!,
        pairTable: pairTable!,
        zeros: zeros!,
      });
    }
  });
}

/** Byte distances of the matrices of every row's taps. */
function writeTaps({ backend }: Machine, { tapRows }: PairPlan, tapStep: number, to: number): void {
  writeInts(
    backend,
    to,
    tapRows.flatMap(({ taps }) => taps.map((tap) => tap * tapStep)),
  );
}
