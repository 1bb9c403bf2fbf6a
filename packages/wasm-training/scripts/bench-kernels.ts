// Speed of every kernel: `pnpm --filter wasm-training bench:kernels [--plain]`
//
// Arithmetic kernels in GFLOP/s and as a share of the matrix peak, measured in the same run; the others in
// milliseconds. Where a plain tfjs operation does the same, its time on the `wasm` backend before registration and on
// the pure-JavaScript `cpu` backend stand beside it. Every time is the fastest of several runs after a warm-up.

import { setFlagsFromString } from "node:v8";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";

// Node 20 knows relaxed SIMD but keeps it behind this flag.
if (!process.argv.includes("--plain")) setFlagsFromString("--experimental-wasm-relaxed-simd");
const { measureMatrixPeak, registerTrainingKernels } = await import("../src/index.ts");

const elements = 800_000;
const [batch, side, narrowChannels, wideChannels] = [16, 28, 32, 64];
const causalTaps = [-1, -1, -1, 0, -1, 1, 0, -1, 0, 0];
const squareTaps = [-1, -1, -1, 0, -1, 1, 0, -1, 0, 0, 0, 1, 1, -1, 1, 0, 1, 1];

type Inputs = Record<string, tf.Tensor>;

interface Row {
  readonly name: string;
  readonly gigaflop?: number;
  readonly ms: number;
  readonly wasmMs?: number | undefined;
  readonly cpuMs?: number | undefined;
}

const normal = (...shape: number[]) => tf.randomNormal(shape, 0, 1, "float32", 1);

function fastestMs(run: () => unknown, budgetMs = 400): number {
  tf.tidy(() => void run());
  let best = Number.POSITIVE_INFINITY;
  const stopMs = performance.now() + budgetMs;
  do {
    const startMs = performance.now();
    tf.tidy(() => void run());
    best = Math.min(best, performance.now() - startMs);
  } while (performance.now() < stopMs);
  return best;
}

const runKernel = (name: string, inputs: Inputs, attributes: tf.NamedAttrMap = {}) =>
  fastestMs(() => tf.engine().runKernel(name, inputs, attributes));

/** Plain tfjs operations that the standard kernels are compared with. */
const plain: Record<string, (pictures: number) => () => unknown> = {
  Exp: () => overElements((x) => tf.exp(x)),
  Expm1: () => overElements((x) => tf.expm1(x)),
  Tanh: () => overElements((x) => tf.tanh(x)),
  Softplus: () => overElements((x) => tf.softplus(x)),
  "BatchMatMul 784×576 ᵀ · 784×64": () => {
    const [a, b] = [normal(784, 576), normal(784, 64)];
    return () => tf.matMul(a, b, true, false);
  },
  "Conv2D (tfjs) 3×3 64→64": (pictures) => {
    const [x, filter] = [normal(pictures, side, side, 64), normal(3, 3, 64, 64) as tf.Tensor4D];
    return () => tf.conv2d(x as tf.Tensor4D, filter, 1, "same");
  },
  "Conv2DBackpropInput 3×3 64→64": (pictures) => {
    const [dy, filter] = [normal(pictures, side, side, 64), normal(3, 3, 64, 64)];
    const attributes = { strides: [1, 1], pad: "same", dataFormat: "NHWC", inputShape: dy.shape };
    return () => tf.engine().runKernel("Conv2DBackpropInput", { dy, filter }, attributes);
  },
  "Conv2DBackpropFilter 3×3 64→64": (pictures) => {
    const [x, dy] = [normal(pictures, side, side, 64), normal(pictures, side, side, 64)];
    const attributes = { strides: [1, 1], pad: "same", dataFormat: "NHWC", filterShape: [3, 3, 64, 64] };
    return () => tf.engine().runKernel("Conv2DBackpropFilter", { x, dy }, attributes);
  },
};

const squareGigaflop = (batch * side * side * 9 * 64 * 64 * 2) / 1e9;
const plainGigaflop: Record<string, number> = {
  "BatchMatMul 784×576 ᵀ · 784×64": (784 * 576 * 64 * 2) / 1e9,
  "Conv2D (tfjs) 3×3 64→64": squareGigaflop,
  "Conv2DBackpropInput 3×3 64→64": squareGigaflop,
  "Conv2DBackpropFilter 3×3 64→64": squareGigaflop,
};

function overElements(operation: (x: tf.Tensor) => tf.Tensor): () => unknown {
  const x = normal(elements);
  return () => operation(x);
}

/**
 * Times every plain operation that the current backend can run; convolutions on `pictures` pictures, their time
 * scaled to the whole batch. (The `cpu` backend's filter gradient takes three seconds per picture.)
 */
function timePlain(budgetMs: number, pictures = batch): Map<string, number> {
  const times = new Map<string, number>();
  for (const [name, prepare] of Object.entries(plain)) {
    tf.tidy(() => {
      const run = prepare(pictures);
      try {
        const scale = name.startsWith("Conv2D") ? batch / pictures : 1;
        times.set(name, scale * fastestMs(run, budgetMs));
      } catch {
        // This backend lacks the kernel: that is what the package is for.
      }
    });
  }
  return times;
}

function tapRows(label: string, offsets: number[], inChannels: number, outChannels: number): Row[] {
  return tf.tidy(() => {
    const x = normal(batch, side, side, inChannels);
    const dy = normal(batch, side, side, outChannels);
    const filter = normal(offsets.length / 2, inChannels, outChannels);
    const bias = normal(outChannels);
    const gigaflop = (batch * side * side * offsets.length * inChannels * outChannels) / 1e9;
    const title = (kernel: string) => `${kernel} ${label} ${inChannels}→${outChannels}`;
    return [
      { name: title("TapConv2D"), gigaflop, ms: runKernel("TapConv2D", { x, filter, bias }, { offsets }) },
      {
        name: title("TapConv2DBackpropInput"),
        gigaflop,
        ms: runKernel("TapConv2DBackpropInput", { dy, filter }, { offsets }),
      },
      {
        name: title("TapConv2DBackpropFilter"),
        gigaflop,
        ms: runKernel("TapConv2DBackpropFilter", { x, dy }, { offsets }),
      },
    ];
  });
}

/** Products of the half that is looked at alone. */
function attentionRows(heads: number, keyChannels: number, valueChannels: number): Row[] {
  return tf.tidy(() => {
    const positions = side * side;
    const [queries, keys] = [0, 1].map(() => normal(batch, positions, heads * keyChannels));
    const [values, dy] = [0, 1].map(() => normal(batch, positions, heads * valueChannels));
    const gigaweights = (batch * heads * positions * (positions - 1)) / 2 / 1e9;
    const label = `${heads} × ${keyChannels}, ${valueChannels}`;
    const given = { queries: queries!, keys: keys!, values: values! };
    return [
      {
        name: `CausalAttention ${label}`,
        gigaflop: 2 * (keyChannels + valueChannels) * gigaweights,
        ms: runKernel("CausalAttention", given, { heads }),
      },
      {
        name: `CausalAttentionGrad ${label}`,
        gigaflop: 2 * (3 * keyChannels + 2 * valueChannels) * gigaweights,
        ms: runKernel("CausalAttentionGrad", { ...given, dy: dy! }, { heads }),
      },
    ];
  });
}

/** Products with the taps' matrices alone: one going forwards; two in the gradient, which works the gates out anew. */
function lstmRows(label: string, offsets: number[], cell: number[], wave: number[], channels: number): Row[] {
  return tf.tidy(() => {
    const x = normal(batch, side, side, 4 * channels);
    const filter = tf.mul(normal(offsets.length / 2, channels, 4 * channels), 1 / Math.sqrt(channels));
    const dstates = normal(batch, side, side, 2 * channels);
    const attributes = { offsets, cell, groups: [0, channels], wave };
    const states = tf.engine().runKernel("TapLstm", { x, filter }, attributes) as tf.Tensor;
    const gigaflop = (batch * side * side * offsets.length * 4 * channels * channels) / 1e9;
    return [
      { name: `TapLstm ${label} ${channels}`, gigaflop, ms: runKernel("TapLstm", { x, filter }, attributes) },
      {
        name: `TapLstmGrad ${label} ${channels}`,
        gigaflop: 2 * gigaflop,
        ms: runKernel("TapLstmGrad", { x, filter, states, dstates }, attributes),
      },
    ];
  });
}

function fusedRows(): Row[] {
  return tf.tidy(() => {
    const x = normal(elements / 64, 64);
    const dy = normal(elements / 64, 32);
    const groups = [0, 64];
    const logits = normal(elements / 256, 256);
    const labels = tf.zeros([elements / 256], "int32");
    const flat = normal(elements);
    const bits = tf.zeros([elements]);
    return [
      { name: "ChannelSum", ms: runKernel("ChannelSum", { x }) },
      { name: "GatedActivation", ms: runKernel("GatedActivation", { x }, { groups }) },
      { name: "GatedActivationGrad", ms: runKernel("GatedActivationGrad", { x, dy }, { groups }) },
      { name: "CategoricalNll (256 levels)", ms: runKernel("CategoricalNll", { logits, labels }) },
      {
        name: "CategoricalNllGrad (256 levels)",
        ms: runKernel("CategoricalNllGrad", { logits, labels, dy: normal(elements / 256) }),
      },
      { name: "BernoulliNll", ms: runKernel("BernoulliNll", { logits: flat, labels: bits }) },
      {
        name: "BernoulliNllGrad",
        ms: runKernel("BernoulliNllGrad", { logits: flat, labels: bits, dy: flat }),
      },
      { name: "ReluGrad", ms: runKernel("ReluGrad", { y: flat, dy: flat }) },
    ];
  });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

await tf.setBackend("cpu");
const cpu = process.argv.includes("--quick") ? new Map<string, number>() : timePlain(1, 1);
await tf.setBackend("wasm");
await tf.ready();
const wasm = timePlain(300);
const { relaxedSimd } = registerTrainingKernels();
const own = timePlain(300);

const rows: Row[] = [
  ...[...own].map(([name, ms]) => ({
    name,
    ms,
    wasmMs: wasm.get(name),
    cpuMs: cpu.get(name),
    ...(plainGigaflop[name] === undefined ? {} : { gigaflop: plainGigaflop[name] }),
  })),
  ...tapRows("causal 3×3", causalTaps, narrowChannels, wideChannels),
  ...tapRows("causal 3×3", causalTaps, wideChannels, wideChannels),
  ...tapRows("3×3", squareTaps, wideChannels, wideChannels),
  ...tapRows("1×1", [0, 0], wideChannels, wideChannels),
  ...tapRows("1×1", [0, 0], narrowChannels, wideChannels),
  ...tapRows("causal 3×3", causalTaps, 1, wideChannels),
  ...tapRows("1×1", [0, 0], wideChannels, 1),
  ...attentionRows(1, 16, 64),
  ...attentionRows(2, 16, 32),
  ...attentionRows(4, 16, 16),
  ...[16, 32, 64].flatMap((channels) => [
    ...lstmRows("row", [-1, -1, -1, 0, -1, 1], [-1, 0], [1, 0], channels),
    ...lstmRows("diagonal", [-1, 0, 0, -1], [0, -1], [1, 1], channels),
  ]),
  ...fusedRows(),
];

const peak = measureMatrixPeak();
print(`matrix peak ${peak.toFixed(1)} GFLOP/s, ${relaxedSimd ? "relaxed" : "plain"} SIMD`);
print(`pictures ${batch}×${side}×${side}; elementwise on ${elements} values\n`);
print(
  `${"kernel".padEnd(46)}${"ms".padStart(9)}${"GFLOP/s".padStart(9)}${"of peak".padStart(9)}${"× wasm".padStart(9)}${"× cpu".padStart(9)}`,
);
for (const { name, gigaflop, ms, wasmMs, cpuMs } of rows) {
  const rate = gigaflop === undefined ? undefined : (gigaflop / ms) * 1e3;
  const cells = [
    ms.toFixed(2),
    rate?.toFixed(1) ?? "",
    rate === undefined ? "" : `${((rate / peak) * 100).toFixed(0)}%`,
    wasmMs === undefined ? "" : (wasmMs / ms).toFixed(1),
    cpuMs === undefined ? "" : (cpuMs / ms).toFixed(0),
  ];
  print(name.padEnd(46) + cells.map((cell) => cell.padStart(9)).join(""));
}
