/**
 * Where a compiled step's time goes: every kind of equation of the reference network's step as a program of its own, how often it occurs, and its speed as a share of
 * a plain matrix product's. In the step XLA fuses elementwise equations with each other and with what they read, so that theirs cost less than here; the products
 * and convolutions cost the same.
 */
import { startXla, useHugePages } from "@pixelcnn/backends/xla";
import { type Computation, type Equation, Trace, type Value } from "@pixelcnn/core/computation";
import { traceStep } from "@pixelcnn/core/training";
import { printModule } from "@pixelcnn/xla";
import Table from "cli-table3";
import { Command } from "commander";
import { referenceNetwork } from "./reference-network.ts";
import { BATCH, PRODUCT_SIZE, rule } from "./training/task.ts";

type Client = Awaited<ReturnType<typeof startXla>>["client"];

/** One kind of equation: the primitive with the shapes that it is applied to. */
interface Kind {
  readonly label: string;
  readonly equation: Equation;
  count: number;
}

/** Rearranging and repeating that no program of its own is: XLA folds it into whatever reads it. */
const folded = new Set(["constant", "reshape", "broadcast", "slice"]);
const CALLS = 15;

export function command(): Command {
  return new Command("xla-profile")
    .description(
      "the operations of a compiled training step, each alone: time, count, share of a product's speed",
    )
    .option("--json", "print the rows as JSON")
    .action(run);
}

async function run({ json }: { readonly json?: boolean }): Promise<void> {
  await useHugePages();
  const { client, name } = await startXla();
  const step = traceStep(referenceNetwork(), { ...rule, batchSize: BATCH });
  const side = [PRODUCT_SIZE, PRODUCT_SIZE];
  const product = await secondsOf(
    client,
    programOf([f32(side), f32(side)], (trace, [a, b]) => trace.product(a!, b!)),
  );
  const peak = (2 * PRODUCT_SIZE ** 3) / product;
  const rows = [];
  for (const { label, equation, count } of kindsOf(step)) {
    const { primitive, inputs, output } = equation;
    const alone = programOf(inputs, (trace, values) => trace.apply(primitive, ...values));
    const seconds = await secondsOf(client, alone);
    const flop = flopOf(equation);
    const share = flop === 0 ? null : flop / seconds / peak;
    rows.push({ label, result: String(output.shape), count, ms: 1000 * seconds * count, share });
  }
  rows.sort((a, b) => b.ms - a.ms);
  const sumMs = rows.reduce((sum, { ms }) => sum + ms, 0);
  const stepMs = 1000 * (await secondsOf(client, step));
  await client.dispose();
  const summary = { device: name, productGflops: peak / 1e9, sumMs, stepMs };
  if (json) process.stdout.write(`${JSON.stringify({ ...summary, rows })}\n`);
  else {
    const style = { head: [], border: [] };
    const table = new Table({
      head: ["operation", "result", "times", "ms per step", "of the product's speed"],
      style,
    });
    for (const { label, result, count, ms, share } of rows) {
      table.push([label, result, count, ms.toFixed(2), share === null ? "" : `${(100 * share).toFixed(0)}%`]);
    }
    process.stdout.write(`${table.toString()}\n`);
    process.stdout.write(
      `${name}: ${summary.productGflops.toFixed(0)} GFLOP/s in a product; alone ${sumMs.toFixed(0)} ms together, the step ${stepMs.toFixed(0)} ms\n`,
    );
  }
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

const f32 = (shape: readonly number[]) => ({ shape, type: "f32" }) as const;

function programOf(
  inputs: readonly Pick<Value, "shape" | "type">[],
  write: (trace: Trace, values: readonly Value[]) => Value,
): Computation {
  const trace = new Trace();
  const values = inputs.map(({ shape, type }, index) => trace.argument(`x${index}`, shape, type));
  return trace.finish({ result: write(trace, values) });
}

/** The quickest of some runs, after two that warm up: whatever else the machine does only slows them. */
async function secondsOf(client: Client, computation: Computation): Promise<number> {
  const program = await client.compile(printModule(computation));
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
