/**
 * Where a compiled step's time goes, as a line of JSON: every kind of equation of a network's step as a program of its own, how often it occurs, and its
 * speed. In the step XLA fuses elementwise equations with each other and with what they read, so that theirs cost less than here; the products and convolutions
 * cost the same.
 */
import { readFile } from "node:fs/promises";
import { startXla, useHugePages } from "@pixelcnn/backends/xla";
import { decodeModelFile, type Network } from "@pixelcnn/core";
import { type Computation, type Equation, Trace, type Value } from "@pixelcnn/core/computation";
import { type BatchKind, traceStep } from "@pixelcnn/core/training";
import { type Precision, type PrintOptions, printModule } from "@pixelcnn/xla";
import { referenceNetwork } from "../reference-network.ts";
import { PRODUCT_SIZE, rule } from "../training/task.ts";

/** Time and speed of operations, all of a step together. */
export interface Row {
  readonly label: string;
  /** How often they occur in a step. */
  readonly count: number;
  /** Each alone, added up. */
  readonly ms: number;
  /** 10⁹ floating-point operations a second, two a multiply-add; null of what multiplies nothing by weights. */
  readonly gflops: number | null;
}

/** Which step. */
export interface ProfileTask {
  /** A model file, whose weights do not matter; the reference network where absent. */
  readonly modelFile?: string;
  readonly precision: Precision;
  readonly trainOn: BatchKind;
  /** Pictures, or pixels, of a step. */
  readonly batch: number;
}

/** A step, operation by operation. */
export interface Profile {
  readonly device: string;
  /** To which the process was pinned. */
  readonly processors: number;
  /** Of a square matrix product. */
  readonly productGflops: number;
  readonly stepMs: number;
  /** By direction and form, the longest first. */
  readonly groups: readonly Row[];
  /** By primitive and shapes, likewise. */
  readonly kinds: readonly (Row & { readonly result: string })[];
}

type Client = Awaited<ReturnType<typeof startXla>>["client"];

/** One kind of equation: the primitive with the shapes that it is applied to. */
interface Kind {
  readonly label: string;
  readonly equation: Equation;
  count: number;
}

/** A kind as it was measured, all of a step together. */
interface Measured {
  readonly label: string;
  readonly group: string;
  readonly result: string;
  readonly count: number;
  readonly ms: number;
  readonly gflop: number;
}

/** Rearranging and repeating that no program of its own is: XLA folds it into whatever reads it. */
const folded = new Set(["constant", "reshape", "broadcast", "slice"]);
const CALLS = 15;

async function profile(task: ProfileTask): Promise<Omit<Profile, "processors">> {
  const { client, name } = await startXla();
  const secondsOf = (computation: Computation) =>
    secondsOn(client, computation, { precision: task.precision, platform: client.platform });
  try {
    const network = await networkOf(task);
    const step = traceStep(network, { ...rule, batchSize: task.batch, kind: task.trainOn });
    const side = [PRODUCT_SIZE, PRODUCT_SIZE];
    const product = programOf([f32(side), f32(side)], (trace, [a, b]) => trace.product(a!, b!));
    const productGflops = (2 * PRODUCT_SIZE ** 3) / (await secondsOf(product)) / 1e9;
    const rows: Measured[] = [];
    for (const { label, equation, count } of kindsOf(step)) {
      const { primitive, inputs, output } = equation;
      const alone = programOf(inputs, (trace, values) => trace.apply(primitive, ...values));
      const seconds = await secondsOf(alone);
      rows.push({
        label,
        group: groupOf(equation),
        result: String(output.shape),
        count,
        ms: 1000 * seconds * count,
        gflop: (count * flopOf(equation)) / 1e9,
      });
    }
    const stepMs = 1000 * (await secondsOf(step));
    const kinds = rows.map((row) => ({ ...rowOf(row.label, [row]), result: row.result }));
    const names = [...new Set(rows.map(({ group }) => group))];
    const groups = names.map((group) =>
      rowOf(
        group,
        rows.filter((row) => row.group === group),
      ),
    );
    const longest = (a: Row, b: Row): number => b.ms - a.ms;
    return { device: name, productGflops, stepMs, groups: groups.sort(longest), kinds: kinds.sort(longest) };
  } finally {
    await client.dispose();
  }
}

async function networkOf({ modelFile }: ProfileTask): Promise<Network> {
  if (modelFile === undefined) return referenceNetwork();
  return decodeModelFile(await readFile(modelFile)).model.network;
}

function rowOf(label: string, rows: readonly Measured[]): Row {
  const total = (key: "count" | "ms" | "gflop") => rows.reduce((sum, row) => sum + row[key], 0);
  const [ms, gflop] = [total("ms"), total("gflop")];
  return { label, count: total("count"), ms, gflops: gflop === 0 ? null : (1000 * gflop) / ms };
}

const directions: Readonly<Record<string, string>> = {
  convolution: "forward",
  convolutionInputGradient: "input gradient",
  convolutionFilterGradient: "filter gradient",
};

/** Convolutions by direction, those of one tap at the position apart; the rest by what it does to an array. */
function groupOf({ primitive, inputs }: Equation): string {
  if ("offsets" in primitive) {
    const form = primitive.offsets.every(([dy, dx]) => dy === 0 && dx === 0) ? "1×1" : "convolution";
    return `${form}, ${directions[primitive.op]}`;
  }
  if (inputs[0]!.shape.length < 2) return "Adam, clipping, averages";
  if (primitive.op === "reduce") return "sums";
  if (["concatenate", "pad", "transpose"].includes(primitive.op)) return "copies";
  return primitive.op.startsWith("gate") ? "gates" : "other elementwise";
}

function kindsOf({ equations }: Computation): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const equation of equations) {
    const { primitive, inputs } = equation;
    if (folded.has(primitive.op)) continue;
    const key = JSON.stringify([primitive, inputs.map(({ shape, type }) => [shape, type])]);
    const known = kinds.get(key);
    if (known) known.count += 1;
    else kinds.set(key, { label: labelOf(equation), equation, count: 1 });
  }
  return [...kinds.values()];
}

function labelOf({ primitive, inputs }: Equation): string {
  const kind = "kind" in primitive ? ` ${primitive.kind}` : "";
  const taps = "offsets" in primitive ? `, ${primitive.offsets.length} taps` : "";
  const channels = inputs[0]!.shape.length === 4 ? `, ${inputs[0]!.shape[3]} channels` : "";
  return `${primitive.op}${kind}${taps}${channels}`;
}

/** Floating-point operations of a convolution: two a multiply-add. */
function flopOf({ primitive, inputs, output }: Equation): number {
  if (!("offsets" in primitive)) return 0;
  const [batch, height, width] = inputs[0]!.shape as [number, number, number];
  const weight = primitive.op === "convolutionFilterGradient" ? output : inputs[1]!;
  return 2 * batch * height * width * weight.shape.reduce((product, length) => product * length, 1);
}

function f32(shape: readonly number[]) {
  return { shape, type: "f32" } as const;
}

function programOf(
  inputs: readonly Pick<Value, "shape" | "type">[],
  write: (trace: Trace, values: readonly Value[]) => Value,
): Computation {
  const trace = new Trace();
  const values = inputs.map(({ shape, type }, index) => trace.argument(`x${index}`, shape, type));
  return trace.finish({ result: write(trace, values) });
}

/** The quickest of some runs, after two that warm up: whatever else the machine does only slows them. */
async function secondsOn(client: Client, computation: Computation, options: PrintOptions): Promise<number> {
  const program = await client.compile(printModule(computation, options));
  const given = await Promise.all(
    computation.arguments.map(({ value: { shape, type } }) => {
      const length = shape.reduce((product, n) => product * n, 1);
      const arrays = {
        f32: Float32Array,
        s32: Int32Array,
        u32: Uint32Array,
        u16: Uint16Array,
        u8: Uint8Array,
        bool: Uint8Array,
      };
      const values = new arrays[type](length);
      return client.upload(type === "f32" ? values.map(() => Math.random() / 10) : values, shape);
    }),
  );
  const times: number[] = [];
  for (let call = -2; call < CALLS; call++) {
    const started = performance.now();
    const [results] = await program.execute([given]);
    await Promise.all(results!.map((result) => result.ready()));
    if (call >= 0) times.push((performance.now() - started) / 1000);
    for (const result of results!) result.dispose();
  }
  for (const owned of [...given, program]) owned.dispose();
  return Math.min(...times);
}

await useHugePages();
process.stdout.write(`${JSON.stringify(await profile(JSON.parse(process.argv[2]!)))}\n`);
