/**
 * Whether engines compute what the processor does: every parameter's gradient in a first step, and the losses of a training. The processor's engine is
 * WebAssembly, whose gradients tests compare with finite differences.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { deserialize } from "node:v8";
import type { Findings, Gradient } from "../agreement-process.ts";
import { agreementWords } from "../entries.ts";
import { figure, table } from "../markdown.ts";
import { type Part, RefusedError, type Settings } from "../part.ts";

const MOST_SECONDS = 240;
const PIXELS = 28 * 28;
/** Of the gradient's norm, in float32: what tests ask of a processor. */
const GRADIENT_TOLERANCE = 1e-5;
/** Of the time that is left, what the processor steps for, and what each of the others does: fewer steps are better than none. */
const OWN_SHARE = 0.5;
const OTHERS_SHARE = 0.6;
const NO_TIME = "no time was left";
/** Nats a value. */
const LOSS_TOLERANCE = 1e-3;

export const agreement: Part = {
  title: "Gradients and losses against the processor",
  limitSeconds: (report) => Math.min(MOST_SECONDS, 0.2 * report),
  async run({ steps, precisions }, listener, deadline) {
    const folder = await mkdtemp(join(tmpdir(), "pixelcnn-agreement-"));
    try {
      const findingsOf = (
        engine: string,
        precision: Settings["precisions"][number],
        count: number,
        share: number,
      ) => findings(folder, engine, precision, count, { share, deadline });
      const expected = await findingsOf("wasm", "float32", steps, OWN_SHARE);
      if (expected === NO_TIME) throw new RefusedError("the processor found no time for its own part of it");
      if (typeof expected === "string") throw new Error(expected);
      const count = expected.losses.length;
      if (count < steps) listener.note(`wasm found time for ${count} of ${steps} steps`);
      const contenders = [
        ...precisions.map((precision) => ["xla", precision] as const),
        ["webgpu", "float32"] as const,
      ];
      let compared = 0;
      for (const [engine, precision] of contenders) {
        const got = await findingsOf(engine, precision, count, OTHERS_SHARE);
        if (typeof got === "string") {
          listener.note(`${engine}, ${precision}: ${got}`);
          continue;
        }
        compared++;
        if (got.losses.length < count)
          listener.note(`${engine}, ${precision}: it found time for ${got.losses.length} of ${count} steps`);
        listener.row({ engine, precision, ...compare(expected, got) });
      }
      if (compared === 0) throw new RefusedError("no engine but the processor's works here");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  section(rows) {
    const lines = rows.map((row) => [
      `${row.engine}, ${row.precision}`,
      `${figure(row.gradientDifference)} (${row.parameter})`,
      `${figure(row.lossDifference)} (step ${row.step} of ${row.steps})`,
      `${figure(row.lastLoss)}, ${figure(row.lastExpected)}`,
      row.agrees === true ? "yes" : "no",
    ]);
    const head = ["engine", "gradient, of its norm", "loss, nats a value", "last losses, nats", "agrees"];
    return [
      table(head, lines),
      "The largest difference from WebAssembly on the processor: of any parameter's gradient in a first step of the reference network and of small ones, as a " +
        "share of its norm; and of the loss of any step of the reference network on generated digits. In float32 they agree " +
        `where the first is at most ${GRADIENT_TOLERANCE} and the second at most ${LOSS_TOLERANCE}.`,
    ].join("\n\n");
  },
};

/** What an engine finds, of as many steps as there is time for; why it finds nothing, in a line. */
async function findings(
  folder: string,
  engine: string,
  precision: string,
  steps: number,
  { share, deadline }: { readonly share: number; readonly deadline: number },
): Promise<Findings | string> {
  const file = join(folder, `${engine}-${precision}`);
  const timeout = Math.max(1, deadline - Date.now());
  const until = Math.floor(Date.now() + share * timeout);
  const words = [...agreementWords(), engine, precision, `${steps}`, file, `${until}`];
  try {
    await promisify(execFile)(process.execPath, words, { timeout, killSignal: "SIGKILL" });
    return deserialize(await readFile(file)) as Findings;
  } catch (error) {
    const { stderr = "", message, killed } = error as Error & { stderr?: string; killed?: boolean };
    return killed ? NO_TIME : (stderr || message).trim().split("\n").at(-1)!;
  }
}

function compare(expected: Findings, got: Findings) {
  const worst = { gradientDifference: 0, parameter: "" };
  for (const [index, gradient] of expected.gradients.entries()) {
    const whole = norm(expected.gradients.filter(({ network }) => network === gradient.network));
    // One that is 0 but for rounding is compared with the whole gradient.
    const scale = Math.max(norm([gradient]), 1e-3 * whole);
    const values = gradient.values.map((value, i) => value - got.gradients[index]!.values[i]!);
    const gradientDifference = norm([{ ...gradient, values }]) / scale;
    if (!(gradientDifference <= worst.gradientDifference))
      Object.assign(worst, { gradientDifference, parameter: `${gradient.network}: ${gradient.parameter}` });
  }
  const differences = got.losses.map((loss, step) => Math.abs(loss - expected.losses[step]!) / PIXELS);
  const lossDifference = Math.max(...differences);
  return {
    ...worst,
    lossDifference,
    step: differences.indexOf(lossDifference) + 1,
    steps: differences.length,
    lastLoss: got.losses.at(-1)!,
    lastExpected: expected.losses[differences.length - 1]!,
    agrees: worst.gradientDifference <= GRADIENT_TOLERANCE && lossDifference <= LOSS_TOLERANCE,
  };
}

function norm(gradients: readonly Gradient[]): number {
  return Math.sqrt(
    gradients.reduce((sum, { values }) => sum + values.reduce((part, v) => part + v * v, 0), 0),
  );
}
