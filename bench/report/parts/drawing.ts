/** Pictures a second of the shader, beside PyTorch's loops on the same device: naive, a whole pass for every value, and cached, every activation once. */
import { readFile } from "node:fs/promises";
import { pytorchSecondsPerPicture } from "../../pytorch-sampling.ts";
import { figure, ratio, table } from "../markdown.ts";
import { type Part, RefusedError, type Row, type Settings } from "../part.ts";

const MOST_SECONDS = 240;
const goals = { naive: 50, cached: 5 } as const;
const loops = ["naive", "cached"] as const;
/** Why something was not measured. */
const NO_TIME = "no time was left";

export const drawing: Part = {
  title: "Drawing speed",
  limitSeconds: (report) => Math.min(MOST_SECONDS, 0.2 * report),
  async run(settings, listener, deadline) {
    const own = ownOf(settings);
    // What may take the process with it comes last.
    const measured = [own("processor"), ...peersOf(settings), own("shader")];
    let isLate = false;
    let isAnything = false;
    for (const [index, { sampler, batches, secondsPerPicture }] of measured.entries()) {
      // One that is slow takes no other's time.
      const end = Date.now() + (deadline - Date.now()) / (measured.length - index);
      for (const batch of batches) {
        const seconds = await secondsPerPicture(batch, Math.max(1, end - Date.now()));
        if (typeof seconds === "string") {
          isLate ||= seconds === NO_TIME;
          listener.note(`${sampler}, batch of ${batch}: ${seconds}`);
          break;
        }
        isAnything = true;
        listener.row({ sampler, batch, picturesPerSecond: 1 / seconds });
      }
    }
    if (!isAnything && !isLate) throw new RefusedError("neither a GPU for the shader nor PyTorch is here");
  },
  section(rows) {
    const samplers = [...new Set(rows.map((row) => `${row.sampler}`))];
    const batches = [...new Set(rows.map((row) => Number(row.batch)))].sort((a, b) => a - b);
    const lines = batches.map((batch) => {
      const speed = (sampler: string) =>
        rows.find((row) => row.batch === batch && row.sampler === sampler)?.picturesPerSecond;
      const over = (loop: keyof typeof goals) =>
        ratio(quotient(speed("shader"), speed(`PyTorch, ${loop}`)), goals[loop]);
      return [`${batch}`, ...samplers.map((sampler) => figure(speed(sampler))), ...loops.map(over)];
    });
    const head = [
      "pictures",
      ...samplers.map((name) => `${name}, pictures/s`),
      ...loops.map((loop) => `shader over ${loop}`),
    ];
    return [
      table(head, lines),
      "So many pictures of the model drawn together. The goals, in bold where they are met: 50 × the naive loop, 5 × the cached one, each at the same number.",
    ].join("\n\n");
  },
};

function quotient(a: Row[string] | undefined, b: Row[string] | undefined): number | null {
  return typeof a === "number" && typeof b === "number" ? a / b : null;
}

interface Measured {
  readonly sampler: string;
  readonly batches: readonly number[];
  /** Why there are none, in a line. */
  secondsPerPicture(batch: number, timeoutMs: number): Promise<number | string>;
}

function peersOf({ python, model, drawn, rehearsal }: Settings): Measured[] {
  return loops.map((loop) => ({
    sampler: `PyTorch, ${loop}`,
    batches: drawn,
    secondsPerPicture: async (batch, timeoutMs) =>
      python === null
        ? "no Python is here"
        : pytorchSecondsPerPicture(python, model, batch, { loop, onProcessor: rehearsal, timeoutMs }),
  }));
}

function ownOf({ model: path, drawn, rehearsal }: Settings): (sampler: string) => Measured {
  const prepare = async (sampler: string) => {
    const { BackendError } = await import("@pixelcnn/backends");
    const { openShader } = await import("@pixelcnn/backends/webgpu");
    const { decodeModelFile, incrementalSampler } = await import("@pixelcnn/core");
    const { model } = decodeModelFile(await readFile(path));
    if (sampler === "processor") return { model, sampler: incrementalSampler };
    try {
      return { model, sampler: await openShader() };
    } catch (error) {
      if (error instanceof BackendError) return error.message;
      throw error;
    }
  };
  return (sampler) => {
    let prepared: ReturnType<typeof prepare> | null = null;
    return {
      sampler,
      // One thread of the processor: a batch of many says no more than one of some.
      batches: sampler === "processor" ? drawn.slice(0, rehearsal ? 1 : 2) : drawn,
      async secondsPerPicture(batch, timeoutMs) {
        prepared ??= prepare(sampler);
        const ready = await prepared;
        if (typeof ready === "string") return ready;
        const { sample } = await import("@pixelcnn/core");
        const { model } = ready;
        const label = model.network.classes > 0 ? { classLabel: 0 } : {};
        const options = { count: batch, batchSize: batch, sampler: ready.sampler, ...label };
        const begun = performance.now();
        for await (const _ of sample(model, options)); // compiles
        const started = performance.now();
        if (started - begun > timeoutMs / 2) return NO_TIME;
        for await (const _ of sample(model, options));
        return (performance.now() - started) / 1000 / batch;
      },
    };
  };
}
