// The two loops that every convolution kernel of this package is: positions × panels, and its filter gradient. Rows of three taps go in pairs
// of positions (pair-run.ts).

import { type Addends, sizeOfBiases, writeBiases } from "./addends.ts";
import { type ConvolutionGeometry, type ConvolutionPlan, planConvolution } from "./convolution-plan.ts";
import type { FilterView } from "./filter-view.ts";
import type { KernelFunctions } from "./kernel-module.ts";
import type { Machine } from "./machine.ts";
import { planPairs } from "./pair-plan.ts";
import { runPairConvolution, runPairFilterGradient } from "./pair-run.ts";
import { roundUp } from "./round-up.ts";
import { heapMemory, type WasmBackend, withScratch, writeInts } from "./wasm-backend.ts";

/** Writes y[b, i, j, o] = addends + Σ_t Σ_c x[b, i·stride + dy_t, j·stride + dx_t, c]·filter[t, c, o]. */
export function runConvolution(
  machine: Machine,
  geometry: ConvolutionGeometry,
  x: number,
  filter: FilterView,
  addends: Addends,
  y: number,
): void {
  const { backend, functions } = machine;
  const { outChannels } = filter;
  const pictureOut = geometry.outHeight * geometry.outWidth * outChannels * 4;
  if (pictureOut * geometry.batch === 0) return;
  const pairs = planPairs(geometry, outChannels);
  if (pairs !== null) {
    runPairConvolution(machine, pairs, x, filter, addends, y);
    return;
  }
  const plan = planConvolution(geometry, addends.pictureBias === null);
  const wholeOut = roundUp(outChannels, 8);
  const biasSize = sizeOfBiases(addends, geometry.batch, wholeOut);
  const panelRows = plan === null ? 0 : plan.loopedTaps * plan.depth;
  const sizes = [biasSize, (plan?.taps.length ?? 0) * 4, panelRows * wholeOut * 4];
  withScratch(backend, sizes, (biases, filterTaps, panels) => {
    const biasStep = writeBiases(machine, addends, geometry.batch, outChannels, wholeOut, biases!);
    if (plan === null) {
      for (let picture = 0; picture < geometry.batch; picture++) {
        const at = picture * pictureOut;
        const from = addends.elements === null ? null : addends.elements + at;
        fillRows(backend, biases! + picture * biasStep, outChannels, from, y + at, pictureOut);
      }
      return;
    }
    writeInts(
      backend,
      filterTaps!,
      plan.taps.map((tap) => tap * filter.tapStep),
    );
    functions.packPanels(
      filter.address,
      filterTaps!,
      plan.taps.length,
      geometry.inChannels,
      filter.inStep,
      outChannels,
      filter.outStep,
      plan.rowsPerTap,
      panelRows,
      panels!,
    );
    forEachPicture(machine, plan, x, ({ source, taps, rows, columns, rowStep, columnStep, picture }) =>
      functions.convolve(
        source,
        taps,
        plan.loopedTaps,
        plan.depth,
        rows,
        columns,
        rowStep,
        columnStep,
        panels!,
        biases! + picture * biasStep,
        (addends.elements ?? 0) + picture * pictureOut,
        Number(addends.elements !== null),
        y + picture * pictureOut,
        outChannels,
      ),
    );
  });
}

/** Writes dfilter[t, c, o] = Σ_{b, i, j} x[b, i·stride + dy_t, j·stride + dx_t, c]·dy[b, i, j, o]. */
export function runFilterGradient(
  machine: Machine,
  geometry: ConvolutionGeometry,
  x: number,
  dy: number,
  outChannels: number,
  dfilter: number,
): void {
  const { backend, functions } = machine;
  const { inChannels } = geometry;
  const tapBytes = inChannels * outChannels * 4;
  functions.zero(dfilter, (geometry.offsets.length / 2) * tapBytes);
  if (geometry.batch * geometry.outHeight * geometry.outWidth * tapBytes === 0) return;
  const pairs = planPairs(geometry, outChannels);
  if (pairs !== null) {
    runPairFilterGradient(machine, pairs, x, dy, dfilter);
    return;
  }
  const plan = planConvolution(geometry);
  if (plan === null) return;
  const wholeOut = roundUp(outChannels, 4);
  const positions = plan.rows * plan.columns;
  const sumRows = plan.loopedTaps * plan.depth;
  const sizes = [sumRows * wholeOut * 4, wholeOut === outChannels ? 0 : positions * wholeOut * 4];
  withScratch(backend, sizes, (sums, widened) => {
    functions.zero(sums!, sizes[0]!);
    functions.zero(widened!, sizes[1]!);
    forEachPicture(machine, plan, x, ({ source, taps, rows, columns, rowStep, columnStep, picture }) => {
      let gradient = dy + picture * positions * outChannels * 4;
      if (wholeOut !== outChannels) {
        functions.copyIntoFrame(gradient, 1, positions, 0, outChannels, widened!, 0, wholeOut);
        gradient = widened!;
      }
      functions.correlate(
        source,
        taps,
        plan.loopedTaps,
        plan.depth,
        rows,
        columns,
        rowStep,
        columnStep,
        gradient,
        wholeOut,
        sums!,
      );
    });
    // The sums' rows are [tap][rowsPerTap][wholeOut] in every layout; drop what was rounded up.
    plan.taps.forEach((tap, k) => {
      const from = sums! + k * plan.rowsPerTap * wholeOut * 4;
      narrow(functions, from, wholeOut, inChannels, outChannels, dfilter + tap * tapBytes);
    });
  });
}

interface PictureView {
  readonly source: number;
  readonly taps: number;
  readonly rows: number;
  readonly columns: number;
  readonly rowStep: number;
  readonly columnStep: number;
  readonly picture: number;
}

/** Brings one picture after the other into the plan's layout and hands it to `use`. */
function forEachPicture(
  { backend, functions }: Machine,
  plan: ConvolutionPlan,
  x: number,
  use: (view: PictureView) => void,
): void {
  const { frame, rows, columns } = plan;
  const isUnfolded = plan.layout === "unfolded";
  const unfoldedBytes = isUnfolded ? rows * columns * plan.depth * 4 : 0;
  const tableBytes = plan.taps.length * 4;
  withScratch(backend, [tableBytes, 4, frame.bytes, unfoldedBytes], (distances, oneTap, framed, unfolded) => {
    writeInts(backend, distances!, plan.tapDistances);
    writeInts(backend, oneTap!, [0]);
    // The borders stay zero while picture after picture is copied between them.
    functions.zero(framed!, frame.bytes);
    functions.zero(unfolded!, unfoldedBytes);
    for (let picture = 0; picture < plan.pictures; picture++) {
      const at = x + picture * plan.pictureBytes;
      if (plan.layout === "direct") {
        const { rowStep, columnStep } = plan;
        use({ source: at, taps: distances!, rows, columns, rowStep, columnStep, picture });
        continue;
      }
      const { copyRows, copyColumns, from, to, rowBytes, channels } = frame;
      const { pictureRowBytes, pictureChannels } = plan;
      functions.copyIntoFrame(
        at + from,
        copyRows,
        copyColumns,
        pictureRowBytes,
        pictureChannels,
        framed! + to,
        rowBytes,
        channels,
      );
      if (!isUnfolded) {
        const { rowStep, columnStep } = plan;
        use({ source: framed!, taps: distances!, rows, columns, rowStep, columnStep, picture });
        continue;
      }
      functions.unfold(
        framed!,
        distances!,
        plan.taps.length,
        pictureChannels,
        rows,
        columns,
        plan.rowStep,
        plan.columnStep,
        unfolded!,
        plan.depth,
      );
      const columnStep = plan.depth * 4;
      const rowStep = columns * columnStep;
      use({ source: unfolded!, taps: oneTap!, rows, columns, rowStep, columnStep, picture });
    }
  });
}

/** [ins][wholeOut] → [ins][outChannels] */
function narrow(
  functions: KernelFunctions,
  from: number,
  wholeOut: number,
  ins: number,
  outChannels: number,
  to: number,
): void {
  functions.copyIntoFrame(from, ins, 1, wholeOut * 4, outChannels, to, outChannels * 4, outChannels);
}

/** Repeats one row over an output that no tap reaches, on top of what lies at `from`. */
function fillRows(
  backend: WasmBackend,
  row: number,
  width: number,
  from: number | null,
  to: number,
  bytes: number,
): void {
  const heap = new Float32Array(heapMemory(backend).buffer);
  for (let at = 0; at < bytes / 4; at++) {
    heap[to / 4 + at] = heap[row / 4 + (at % width)]! + (from === null ? 0 : heap[from / 4 + at]!);
  }
}
