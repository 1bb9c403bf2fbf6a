/** Pictures a second of a whole training step, compiled by XLA from Node, beside JAX and PyTorch on the same device. */

import {
  Contender,
  ContenderError,
  type Invocation,
  type Place,
  type Ready,
} from "../../training/contender.ts";
import { invocationsOf } from "../../training/invocations.ts";
import { median } from "../../training/median.ts";
import { type TaskFiles, withTaskFiles } from "../../training/task.ts";
import { figure, ratio, table } from "../markdown.ts";
import type { Listener, Part, Row, Settings } from "../part.ts";

const MOST_SECONDS = 900;
const ROUNDS = 3;
/** Compiling a step may take a minute. */
const MOST_SECONDS_OF_ONE = 150;
/** What is left for one has to be worth its start. */
const LEAST_SECONDS_OF_ONE = 10;
/** Losses of first steps may differ by so much of themselves: what differs by more trains another network. */
const LOSS_TOLERANCE = { float32: 1e-3, tf32: 1e-2 } as const;
const goals = { jax: 1, "pytorch eager": 1.5 } as const;

export const training: Part = {
  title: "Training speed",
  limitSeconds: (report) => Math.min(MOST_SECONDS, 0.45 * report),
  async run(settings, listener, deadline) {
    const { python, batches, precisions } = settings;
    // The goals come first: what is compiled longest may find no time.
    const own = invocationsOf(["xla"], {});
    const peers = python === null ? [] : [{ jax: python }, { pytorch: python }];
    const invocations = new Map(
      [own, ...peers.map((peer) => invocationsOf([], peer))].flatMap((map) => [...map]),
    );
    for (const batch of batches) {
      await withTaskFiles(async (files) => {
        for (const precision of precisions)
          await measureAll(invocations, { batch, precision, files }, settings, listener, deadline);
      }, batch);
    }
  },
  section(rows) {
    const names = [...new Set(rows.map((row) => `${row.engine}`))];
    const others = names.filter((name) => name !== "xla");
    const kinds = [...new Map(rows.map((row) => [`${row.batch} ${row.precision}`, row])).values()];
    const lines = kinds.map(({ batch, precision }) => {
      const of = (engine: string) =>
        rows.find((row) => row.batch === batch && row.precision === precision && row.engine === engine);
      const speed = (engine: string) => of(engine)?.picturesPerSecond;
      const over = (other: string) =>
        ratio(quotient(speed("xla"), speed(other)), goals[other as keyof typeof goals]);
      return [
        `${batch}`,
        `${precision}`,
        ...names.map((name) => (of(name)?.reason === null ? figure(speed(name)) : "–")),
        ...others.map(over),
      ];
    });
    const head = [
      "batch",
      "precision",
      ...names.map((name) => `${name}, pictures/s`),
      ...others.map((name) => `over ${name}`),
    ];
    const refused = refusalsOf(rows);
    const libraries = [...new Set(rows.flatMap((row) => (row.library === null ? [] : [`${row.library}`])))];
    return [
      table(head, lines),
      "A step of the reference network: forward, backward, clipping, Adam, moving average; its batch goes up as bytes, and its loss is read one step later. " +
        `The goals, in bold where they are met: 1 × JAX, 1.5 × PyTorch eager. ${libraries.join("; ")}.`,
      ...(refused.length > 0 ? [refused.join("\n")] : []),
    ].join("\n\n");
  },
};

/** Why there is no figure, a line for every reason: `- xla, jax at 16, tf32; xla at 128, tf32: no time was left`. */
function refusalsOf(rows: readonly Row[]): string[] {
  const reasons = new Map<string, Map<string, string[]>>();
  for (const { engine, batch, precision, reason } of rows) {
    if (reason === null) continue;
    const line = `${reason}`.replace(/\s+/g, " ");
    const places = reasons.get(line) ?? new Map<string, string[]>();
    const place = `${batch}, ${precision}`;
    reasons.set(line, places.set(place, [...(places.get(place) ?? []), `${engine}`]));
  }
  return [...reasons].map(([reason, places]) => {
    const who = [...places].map(([place, engines]) => `${engines.join(", ")} at ${place}`);
    return `- ${who.join("; ")}: ${reason}`;
  });
}

function quotient(a: Row[string] | undefined, b: Row[string] | undefined): number | null {
  return typeof a === "number" && typeof b === "number" ? a / b : null;
}

interface Task {
  readonly batch: number;
  readonly precision: Place["precision"];
  readonly files: TaskFiles;
}

/** One after another, each alone on the device. */
async function measureAll(
  invocations: ReadonlyMap<string, Invocation>,
  task: Task,
  settings: Settings,
  { row }: Listener,
  deadline: number,
): Promise<void> {
  const { batch, precision } = task;
  let first: Ready | null = null;
  for (const [engine, invocation] of invocations) {
    const seconds = Math.min(MOST_SECONDS_OF_ONE, (deadline - Date.now()) / 1000);
    const common = { batch, precision, engine };
    const nothing = { ...common, library: null, picturesPerSecond: null, compileSeconds: null };
    if (seconds < LEAST_SECONDS_OF_ONE) {
      row({ ...nothing, reason: "no time was left" });
      continue;
    }
    try {
      const measured = await measure(engine, invocation, task, settings, seconds);
      const { ready } = measured;
      const told = { library: ready.library, compileSeconds: ready.compileSeconds };
      first ??= ready;
      const reason = trainsAlike(first, ready, precision)
        ? null
        : `it trains something else: losses of ${ready.losses}`;
      row({ ...common, ...told, picturesPerSecond: measured.picturesPerSecond, reason });
    } catch (error) {
      if (!(error instanceof ContenderError)) throw error;
      row({ ...nothing, reason: error.message });
    }
  }
}

async function measure(
  engine: string,
  invocation: Invocation,
  { precision, files }: Task,
  { seconds }: Settings,
  limitSeconds: number,
) {
  const signal = AbortSignal.timeout(Math.ceil(1000 * limitSeconds));
  const place = { processors: null, precision };
  let contender: Contender | null = null;
  try {
    contender = await Contender.start(engine, invocation, place, [files.model, files.levels], signal);
    const speeds: number[] = [];
    for (let round = 0; round < ROUNDS; round++)
      speeds.push((await contender.round(seconds)).imagesPerSecond);
    return { ready: contender.ready, picturesPerSecond: median(speeds) };
  } catch (error) {
    if (signal.aborted) throw new ContenderError(`it was ended after ${Math.round(limitSeconds)} s`);
    throw error;
  } finally {
    await contender?.end();
  }
}

function trainsAlike(a: Ready, b: Ready, precision: Place["precision"]): boolean {
  return a.losses.every((loss, step) => Math.abs(loss - b.losses[step]!) <= LOSS_TOLERANCE[precision] * loss);
}
