/**
 * Where a training step on WebAssembly goes: the calls of the gradient's program, each at its fastest of many steps, joined by what they do. On one thread, to
 * be pinned by who calls it (`taskset -c 0`).
 */
import { startBackend } from "@pixelcnn/backends";
import { dimensions, multiplyAdds, type Network, type PresetName, presets } from "@pixelcnn/core";
import { FlatLayout, initialise, traceGradient } from "@pixelcnn/core/training";
import { Program, type TimedCall } from "@pixelcnn/wasm-engine";
import { measureMatrixPeak } from "@pixelcnn/wasm-training";
import Table from "cli-table3";
import { Command, Option } from "commander";
import { presetNetwork } from "./preset-network.ts";
import { BATCH } from "./training/task.ts";

interface Options {
  readonly steps: string;
  readonly preset: PresetName;
}

/** Calls that do the same. */
interface Kind {
  readonly label: string;
  readonly count: number;
  readonly ms: number;
  /** 10⁹ floating-point operations, 2 a multiply-add, of the sums as they are written down, whatever the kernel saves. */
  readonly gflop: number;
}

export function command(): Command {
  return new Command("wasm-profile")
    .description("the calls of a training step on WebAssembly, each alone: time, count, GFLOP/s")
    .addOption(
      new Option("--preset <name>", "measure this preset in its own size; gated is the reference network")
        .choices(Object.keys(presets))
        .default("gated"),
    )
    .option("--steps <count>", "of which the fastest call counts", "40")
    .action(run);
}

async function run({ steps, preset }: Options): Promise<void> {
  await startBackend("wasm");
  const network = presetNetwork(preset, { levels: 2, components: 0 });
  const kinds = kindsOf(fastestCalls(network, Number(steps)));
  const peak = measureMatrixPeak();
  const stepMs = kinds.reduce((sum, { ms }) => sum + ms, 0);
  const table = new Table({
    head: ["calls", "times", "ms a step", "of the step", "GFLOP/s", "of the peak"],
    style: { head: [], border: [] },
  });
  for (const { label, count, ms, gflop } of kinds) {
    const rate = (1000 * gflop) / ms;
    const rates = gflop === 0 ? ["", ""] : [rate.toFixed(0), percent(rate / peak)];
    table.push([label, count, ms.toFixed(1), percent(ms / stepMs), ...rates]);
  }
  // 2 a multiply-add, forwards and twice as many back.
  const usefulGflop = (3 * 2 * BATCH * multiplyAdds(network)) / 1e9;
  process.stdout.write(
    `${table}\nall calls of a gradient take ${stepMs.toFixed(0)} ms, ${percent((1000 * usefulGflop) / stepMs / peak)} of the ` +
      `matrix peak of ${peak.toFixed(0)} GFLOP/s\n`,
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)}%`;
}

/** Every call of the program in order, with the shortest of its times, ms. */
function fastestCalls(network: Network, steps: number): readonly TimedCall[] {
  const program = new Program(traceGradient(network, BATCH, "pictures"));
  const size = BATCH * dimensions(network.picture);
  program.giveAll({
    weights: new FlatLayout(network).flattenWeights(initialise(network, 0)),
    levels: Uint8Array.from({ length: size }, (_, i) => ((i * 7919) % 3) & 1),
    labels: new Int32Array(BATCH),
    allowed: new FlatLayout(network).allowed(),
  });
  program.run();
  const rounds = Array.from({ length: steps }, () => [...program.timed(() => performance.now())]);
  return rounds[0]!.map((call, index) => ({
    ...call,
    time: Math.min(...rounds.map((round) => round[index]!.time)),
  }));
}

/** The longest first. */
function kindsOf(calls: readonly TimedCall[]): readonly Kind[] {
  const kinds = new Map<string, Kind>();
  for (const call of calls) {
    const label = labelOf(call);
    const { count, ms, gflop } = kinds.get(label) ?? { count: 0, ms: 0, gflop: 0 };
    kinds.set(label, { label, count: count + 1, ms: ms + call.time, gflop: gflop + gflopOf(call) });
  }
  return [...kinds.values()].sort((a, b) => b.ms - a.ms);
}

function labelOf({ operation, shapes }: TimedCall): string {
  if (!("offsets" in operation)) return operation.op;
  const [taps, ins, outs] = filterOf(operation.op, shapes);
  return `${convolutionNames[operation.op]}, ${taps} taps ${ins}→${outs}`;
}

const convolutionNames = {
  convolution: "convolution",
  summedConvolution: "convolution",
  convolutionInputGradient: "input gradient",
  summedInputGradient: "input gradient",
  convolutionFilterGradient: "filter gradient",
} as const;

function gflopOf({ operation, shapes }: TimedCall): number {
  if (operation.op === "attention" || operation.op === "attentionGradient")
    return attentionGflop(operation.op, shapes);
  if (!("offsets" in operation)) return 0;
  const [batch, height, width] = shapes[0]!;
  const weights = filterOf(operation.op, shapes).reduce((product, length) => product * length);
  return (2 * batch! * height! * width! * weights) / 1e9;
}

/** Shape [taps, F, G] of the filter that a convolution has, or of which the gradient is computed. */
function filterOf(op: string, shapes: TimedCall["shapes"]): readonly number[] {
  return op === "convolutionFilterGradient" ? shapes.at(-1)! : shapes[1]!;
}

/** Of every position with every earlier one: the score and the sum; back the score again, what every value was worth, and the gradients of all three. */
function attentionGflop(op: "attention" | "attentionGradient", shapes: TimedCall["shapes"]): number {
  const [batch, height, width, queries] = shapes[0]!;
  const values = shapes[2]![3]!;
  const positions = height! * width!;
  const pairs = (positions * (positions - 1)) / 2;
  const multiplyAddsOfPair = op === "attention" ? queries! + values : 3 * queries! + 2 * values;
  return (2 * batch! * pairs * multiplyAddsOfPair) / 1e9;
}
