import type { StartableBackend } from "@pixelcnn/backends";
import { hasSoftwareDriver, softwareDriver } from "@pixelcnn/software-gpu";
import { beforeAll, describe, expect, it } from "vitest";
import { runInProcess } from "./support/run-in-a-process.ts";
import type { TrainingRecord, TrainingRecords } from "./support/train-in-a-process.ts";

/** Of the norm of every gradient. */
const GRADIENT_TOLERANCE = 1e-5;
const LOSS_TOLERANCE = 1e-4;
/** A GPU in software takes its time. */
const LONG_MS = 180_000;

let softwareGpu: NodeJS.ProcessEnv = {};
if (hasSoftwareDriver) {
  beforeAll(async () => {
    softwareGpu = await softwareDriver();
  });
}

/** What the process of each backend has told, or will. */
const told = new Map<StartableBackend, Promise<TrainingRecords>>();

function recordsOf(backend: StartableBackend): Promise<TrainingRecords> {
  const records = told.get(backend) ?? train(backend);
  told.set(backend, records);
  return records;
}

async function train(backend: StartableBackend): Promise<TrainingRecords> {
  const environment = backend === "webgpu" ? softwareGpu : {};
  const { code, stdout, stderr } = await runInProcess("train-in-a-process.ts", [backend], environment);
  // A process that does not end by itself, or crashes at its end, has another code.
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as TrainingRecords;
}

function norm(values: readonly number[]): number {
  return Math.hypot(...values);
}

describe.each(["gated", "naive"] as const)("%s", (network) => {
  let expected: TrainingRecord;
  beforeAll(async () => {
    expected = (await recordsOf("cpu"))[network];
  });

  it("every gradient reaches the weights, and the loss falls", () => {
    for (const gradient of Object.values(expected.gradients)) expect(norm(gradient)).toBeGreaterThan(1e-6);
    expect(expected.losses).toHaveLength(3);
    expect(expected.losses.at(-1)).toBeLessThan(expected.losses[0]! * (1 - 10 * LOSS_TOLERANCE));
  });

  it.each([["wasm"], ["webgpu"]] as const)(
    "%s has the gradients and the losses of cpu",
    async (backend) => {
      const { gradients, losses } = (await recordsOf(backend))[network];
      expect(Object.keys(gradients)).toEqual(Object.keys(expected.gradients));
      for (const [name, gradient] of Object.entries(expected.gradients)) {
        const difference = norm(gradient.map((value, i) => value - gradients[name]![i]!));
        expect(difference / norm(gradient), name).toBeLessThan(GRADIENT_TOLERANCE);
      }
      expect(losses).toHaveLength(expected.losses.length);
      expected.losses.forEach((loss, step) => {
        expect(Math.abs(losses[step]! - loss) / loss, `step ${step + 1}`).toBeLessThan(LOSS_TOLERANCE);
      });
    },
    LONG_MS,
  );
});
