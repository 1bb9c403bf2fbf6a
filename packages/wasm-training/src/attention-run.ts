/**
 * Causal attention and its gradient, a head of a picture after another:
 *
 *     s_q = queries[p]·keys[q] / √D        P = softmax(s)        y[p] = Σ_{q<p} P_q·values[q]
 *
 *     dvalues = Pᵀ·dy        ds = P∘(dy·valuesᵀ − Σ P∘(dy·valuesᵀ))        dqueries = ds·keys / √D        dkeys = dsᵀ·queries / √D
 *
 * The first position has nobody before it and stays apart: the second asks for the first key, and so on, so that every row of weights has an entry. Rows
 * come in blocks that stay in the second-level cache, with keys only as far as a block looks; the gradient works their weights out anew. Powers are
 * never divided by their sum: what they are multiplied with is, which is narrower.
 */
import type { KernelFunctions } from "./kernel-module.ts";
import type { Machine } from "./machine.ts";
import { roundUp } from "./round-up.ts";
import { heapMemory, type WasmBackend, withScratch } from "./wasm-backend.ts";

/** Arrays [batch, positions, heads·D] of queries and keys, [batch, positions, heads·E] of values. */
export interface AttentionGeometry {
  readonly batch: number;
  readonly positions: number;
  readonly heads: number;
  /** Channels of a head, D and E. */
  readonly keyChannels: number;
  readonly valueChannels: number;
}

/** Rows of weights in a block, a multiple of 4. Of pictures of 28×28 they take 100 kB, and in the gradient as much again. */
const ROWS = 32;

/** y of queries, keys and values. @param at byte addresses. */
export function runAttention(
  { backend, functions }: Machine,
  geometry: AttentionGeometry,
  at: { readonly queries: number; readonly keys: number; readonly values: number; readonly y: number },
): void {
  const { positions, keyChannels: D, valueChannels: E } = geometry;
  const { keyStep, valueStep, weightStep, eightE } = stepsOf(geometry);
  const sizes = {
    scales: 4 * ROWS,
    inverses: 4 * ROWS,
    queries: ROWS * 4 * D,
    keyPanels: roundUp(positions, 8) * 4 * D,
    valuePanels: positions * eightE,
    weights: ROWS * weightStep,
    sums: ROWS * eightE,
  };
  withZones(backend, sizes, (own) => {
    fill(backend, own.scales, 1 / Math.sqrt(D), ROWS);
    for (const { key, value } of headsOf(geometry)) {
      functions.packColumns(at.keys + key, D, 4, positions, keyStep, own.keyPanels);
      functions.packColumns(at.values + value, positions, valueStep, E, 4, own.valuePanels);
      functions.zero(at.y + value, 4 * E);
      for (const { first, rows, seen } of blocksOf(geometry)) {
        const queries = at.queries + key + first * keyStep;
        functions.scaleRows(queries, keyStep, rows, D, own.scales, own.queries, 4 * D);
        multiply(functions, {
          left: { at: own.queries, rowStep: 4 * D, depthStep: 4 },
          panels: { at: own.keyPanels, step: 32 * D },
          out: { at: own.weights, step: weightStep },
          size: [rows, D, seen],
        });
        functions.causalPowers(own.weights, weightStep, rows, first, roundUp(seen, 8), own.inverses);
        multiply(functions, {
          left: { at: own.weights, rowStep: weightStep, depthStep: 4 },
          panels: { at: own.valuePanels, step: 32 * positions },
          out: { at: own.sums, step: eightE },
          size: [rows, seen, E],
        });
        const y = at.y + value + first * valueStep;
        functions.scaleRows(own.sums, eightE, rows, E, own.inverses, y, valueStep);
      }
    }
  });
}

/** Their gradients, from that of y. @param at byte addresses; `gradient` is that of queries, keys and values, channels after channels, [batch, positions, heads·(2D + E)]. */
export function runAttentionGradient(
  { backend, functions }: Machine,
  geometry: AttentionGeometry,
  at: {
    readonly queries: number;
    readonly keys: number;
    readonly values: number;
    readonly dy: number;
    readonly gradient: number;
  },
): void {
  const { positions, keyChannels: D, valueChannels: E } = geometry;
  const { keyStep, valueStep, weightStep, eightD, eightE } = stepsOf(geometry);
  const [gradientStep, padded] = [2 * keyStep + valueStep, roundUp(positions, 8)];
  const sizes = {
    scales: 4 * ROWS,
    ones: 4 * padded,
    inverses: 4 * ROWS,
    queries: ROWS * 4 * D,
    queryPanels: ROWS * eightD,
    dy: ROWS * 4 * E,
    dyPanels: ROWS * eightE,
    // Keys and values as they are multiplied with rows of theirs, and keys as weights are multiplied with them.
    keyPanels: padded * 4 * D,
    valuePanels: padded * 4 * E,
    keyRows: positions * eightD,
    weights: ROWS * weightStep,
    slopes: ROWS * weightStep,
    dqueries: ROWS * eightD,
    dkeys: padded * eightD,
    dvalues: padded * eightE,
  };
  withZones(backend, sizes, (own) => {
    fill(backend, own.scales, 1 / Math.sqrt(D), ROWS);
    fill(backend, own.ones, 1, padded);
    for (const { key, value, gradient } of headsOf(geometry)) {
      functions.packColumns(at.keys + key, D, 4, positions, keyStep, own.keyPanels);
      functions.packColumns(at.values + value, E, 4, positions, valueStep, own.valuePanels);
      functions.packColumns(at.keys + key, positions, keyStep, D, 4, own.keyRows);
      functions.zero(own.dkeys, sizes.dkeys);
      functions.zero(own.dvalues, sizes.dvalues);
      functions.zero(at.gradient + gradient.queries, 4 * D);
      for (const { first, rows, seen } of blocksOf(geometry)) {
        const columns = roundUp(seen, 8);
        const queries = at.queries + key + first * keyStep;
        functions.scaleRows(queries, keyStep, rows, D, own.scales, own.queries, 4 * D);
        functions.packColumns(own.queries, rows, 4 * D, D, 4, own.queryPanels);
        multiply(functions, {
          left: { at: own.queries, rowStep: 4 * D, depthStep: 4 },
          panels: { at: own.keyPanels, step: 32 * D },
          out: { at: own.weights, step: weightStep },
          size: [rows, D, seen],
        });
        functions.causalPowers(own.weights, weightStep, rows, first, columns, own.inverses);
        // With dy divided by the sums of powers, so are the slopes, and what values get.
        const dy = at.dy + value + first * valueStep;
        functions.scaleRows(dy, valueStep, rows, E, own.inverses, own.dy, 4 * E);
        functions.packColumns(own.dy, rows, 4 * E, E, 4, own.dyPanels);
        multiply(functions, {
          left: { at: own.dy, rowStep: 4 * E, depthStep: 4 },
          panels: { at: own.valuePanels, step: 32 * E },
          out: { at: own.slopes, step: weightStep },
          size: [rows, E, seen],
        });
        functions.softmaxGradients(own.weights, own.slopes, weightStep, rows, columns, own.inverses);
        multiply(functions, {
          left: { at: own.slopes, rowStep: weightStep, depthStep: 4 },
          panels: { at: own.keyRows, step: 32 * positions },
          out: { at: own.dqueries, step: eightD },
          size: [rows, seen, D],
        });
        const dqueries = at.gradient + gradient.queries + first * gradientStep;
        functions.scaleRows(own.dqueries, eightD, rows, D, own.scales, dqueries, gradientStep);
        multiply(functions, {
          left: { at: own.slopes, rowStep: 4, depthStep: weightStep },
          panels: { at: own.queryPanels, step: 32 * rows },
          out: { at: own.dkeys, step: eightD, adds: true },
          size: [seen, rows, D],
        });
        multiply(functions, {
          left: { at: own.weights, rowStep: 4, depthStep: weightStep },
          panels: { at: own.dyPanels, step: 32 * rows },
          out: { at: own.dvalues, step: eightE, adds: true },
          size: [seen, rows, E],
        });
      }
      const [dkeys, dvalues] = [at.gradient + gradient.keys, at.gradient + gradient.values];
      functions.scaleRows(own.dkeys, eightD, positions, D, own.ones, dkeys, gradientStep);
      functions.scaleRows(own.dvalues, eightE, positions, E, own.ones, dvalues, gradientStep);
    }
  });
}

/** Bytes from a position, or from a row of weights, to the next; channels of a head as packed, 8 at a time. */
function stepsOf({ positions, heads, keyChannels, valueChannels }: AttentionGeometry) {
  return {
    keyStep: 4 * heads * keyChannels,
    valueStep: 4 * heads * valueChannels,
    // Not a multiple of 128 bytes: columns of weights would share few lines of the cache.
    weightStep: 4 * (roundUp(positions, 32) + 16),
    eightD: 4 * roundUp(keyChannels, 8),
    eightE: 4 * roundUp(valueChannels, 8),
  };
}

/** Where every head of every picture begins, in bytes: its channels of queries and keys, of values, and of the three gradients. */
function* headsOf({ batch, positions, heads, keyChannels, valueChannels }: AttentionGeometry) {
  const [D, E] = [4 * keyChannels, 4 * valueChannels];
  for (let picture = 0; picture < batch; picture++) {
    for (let head = 0; head < heads; head++) {
      const start = picture * positions * heads;
      const whole = start * (2 * D + E);
      yield {
        key: start * D + head * D,
        value: start * E + head * E,
        gradient: {
          queries: whole + head * D,
          keys: whole + heads * D + head * D,
          values: whole + 2 * heads * D + head * E,
        },
      };
    }
  }
}

/** Positions `first` to first + rows − 1, the last of which sees keys 0 to seen − 1, and every one before it a key less than the next. */
function* blocksOf({ positions }: AttentionGeometry) {
  for (let first = 1; first < positions; first += ROWS) {
    const rows = Math.min(ROWS, positions - first);
    yield { first, rows, seen: first + rows - 1 };
  }
}

interface Product {
  readonly left: { readonly at: number; readonly rowStep: number; readonly depthStep: number };
  readonly panels: { readonly at: number; readonly step: number };
  readonly out: { readonly at: number; readonly step: number; readonly adds?: boolean };
  /** Rows, depth, columns. */
  readonly size: readonly [number, number, number];
}

function multiply(functions: KernelFunctions, { left, panels, out, size }: Product): void {
  const [rows, depth, columns] = size;
  functions.multiplyPanels(
    ...([left.at, left.rowStep, left.depthStep, rows, panels.at, depth, panels.step] as const),
    ...([columns, out.at, out.step, out.adds ? 1 : 0] as const),
  );
}

/** Lends zones by name, of so many bytes each. */
function withZones<Name extends string>(
  backend: WasmBackend,
  sizes: Readonly<Record<Name, number>>,
  use: (zones: Readonly<Record<Name, number>>) => void,
): void {
  const names = Object.keys(sizes) as Name[];
  withScratch(
    backend,
    names.map((name) => sizes[name]),
    (...addresses) =>
      use(Object.fromEntries(names.map((name, zone) => [name, addresses[zone]!])) as Record<Name, number>),
  );
}

function fill(backend: WasmBackend, address: number, value: number, count: number): void {
  new Float32Array(heapMemory(backend).buffer, address, count).fill(value);
}
