// The two loops that every convolution kernel of this package is: positions × panels, and its filter gradient.

import { type ConvolutionGeometry, type ConvolutionPlan, planConvolution } from "./convolution-plan.ts";
import type { KernelFunctions } from "./kernel-module.ts";
import { roundUp } from "./round-up.ts";
import { heapMemory, type WasmBackend, withScratch, writeInts } from "./wasm-backend.ts";

/** The backend and its bound kernels. */
export interface Machine {
  readonly backend: WasmBackend;
  readonly functions: KernelFunctions;
}

/** A filter in memory: `ins` × `outs` values per tap, either way round. Distances in bytes. */
export interface FilterView {
  readonly address: number;
  readonly tapStep: number;
  readonly inStep: number;
  readonly outStep: number;
  readonly outChannels: number;
}

/**
 * Writes y[b, i, j, o] = bias[o] + Σ_t Σ_c x[b, i·stride + dy_t, j·stride + dx_t, c]·filter[t, c, o].
 *
 * `bias` is an address, or null for zeros.
 */
export function runConvolution(
  machine: Machine,
  geometry: ConvolutionGeometry,
  x: number,
  filter: FilterView,
  bias: number | null,
  y: number,
): void {
  const { backend, functions } = machine;
  const { outChannels } = filter;
  const pictureOut = geometry.outHeight * geometry.outWidth * outChannels * 4;
  if (pictureOut * geometry.batch === 0) return;
  const plan = planConvolution(geometry);
  const wholeOut = roundUp(outChannels, 8);
  const panelRows = plan === null ? 0 : plan.loopedTaps * plan.depth;
  const sizes = [wholeOut * 4, (plan?.taps.length ?? 0) * 4, panelRows * wholeOut * 4];
  withScratch(backend, sizes, (biases, filterTaps, panels) => {
    functions.zero(biases!, wholeOut * 4);
    if (bias !== null) functions.copyIntoFrame(bias, 1, 1, 0, outChannels, biases!, 0, outChannels);
    if (plan === null) return fillRows(backend, biases!, outChannels, y, pictureOut * geometry.batch);
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
        biases!,
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

/** Repeats one row over an output that no tap reaches. */
function fillRows(backend: WasmBackend, row: number, width: number, to: number, bytes: number): void {
  const heap = new Float32Array(heapMemory(backend).buffer);
  const values = heap.slice(row / 4, row / 4 + width);
  for (let at = to / 4; at < (to + bytes) / 4; at += width) heap.set(values, at);
}
