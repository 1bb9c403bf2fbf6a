/** All engines by name. Each is a room of its own, loaded when it is first asked something. */
import { BackendError } from "./backend-error.ts";
import type { Device, Engine, MeasuredSize, SetupOptions, TrainingLimits } from "./engine.ts";
import { devicesHint } from "./hints.ts";
import { type BackendName, type SetupBackend, type StartableBackend, startableBackends } from "./names.ts";

/** Of those that TensorFlow.js computes with. */
const measure = async (size?: MeasuredSize) =>
  (await import("./tensorflow-js/measure-convolution.ts")).measureConvolution(size);
/** Of those that train with TensorFlow.js on one thread and need nothing fetched. */
const plain = {
  ...{ samples: true, measure, setUp: null, train: null, obeys: [], threads: null },
  limits: { devices: 1, precisions: ["float32"] },
} as const;
/** Of those that XLA compiles for. */
const obeys = ["devices", "precision"] as const;

/** Whether `cuda` has been started through XLA, which compiles whole steps. */
let cudaCompiles = false;
let cudaLimits: TrainingLimits = plain.limits;
let xlaLimits: TrainingLimits = plain.limits;

const trainOnCuda: NonNullable<Engine["train"]> = (how) => async (model, options) => {
  const { startCudaClient } = await import("./cuda/start-cuda.ts");
  return (await import("./xla/xla-engine.ts")).startXlaEngine(model, options, how, startCudaClient);
};

/** By TensorFlow's own executor, wherever that computes. */
const trainOnTensorflow: NonNullable<Engine["train"]> = () => async (model, options) =>
  (await import("./tensorflow/tensorflow-engine.ts")).startTensorflowEngine(model, options);

const engines = {
  cuda: {
    start: async () => {
      const { limits, ...device } = await (await import("./cuda/start-cuda.ts")).startCuda();
      cudaCompiles = limits !== null;
      cudaLimits = limits ?? plain.limits;
      return device;
    },
    measure: async (size) => {
      if (!cudaCompiles) return measure(size);
      const { startCudaClient } = await import("./cuda/start-cuda.ts");
      return (await import("./xla/measure-xla.ts")).measureXla(size, startCudaClient);
    },
    setUp: async (options) => (await import("./cuda/set-up-cuda.ts")).setUpCuda(options),
    /** All four are known when it has been started. */
    get samples() {
      return !cudaCompiles;
    },
    get train() {
      return cudaCompiles ? trainOnCuda : trainOnTensorflow;
    },
    get obeys() {
      return cudaCompiles ? obeys : [];
    },
    get limits() {
      return cudaLimits;
    },
    threads: null,
  },
  webgpu: {
    ...plain,
    start: async () => (await import("./webgpu/start-webgpu.ts")).startWebgpu(),
  },
  xla: {
    samples: false,
    start: async () => {
      const { limits, ...device } = await (await import("./xla/start-xla-backend.ts")).startXlaBackend();
      xlaLimits = limits;
      return device;
    },
    measure: async (size) => (await import("./xla/measure-xla.ts")).measureXla(size),
    setUp: async (options) => (await import("./xla/set-up-xla.ts")).setUpXla(options),
    train: (how) => async (model, options) =>
      (await import("./xla/xla-engine.ts")).startXlaEngine(model, options, how),
    obeys,
    get limits() {
      return xlaLimits;
    },
    threads: null,
  },
  native: {
    ...plain,
    start: async () => (await import("./tensorflow/start-tensorflow.ts")).startTensorflow("native"),
    setUp: async (options) =>
      (await import("./tensorflow/set-up-tensorflow.ts")).setUpTensorflow("native", options),
    train: trainOnTensorflow,
  },
  wasm: {
    ...plain,
    start: async () => (await import("./wasm/start-wasm.ts")).startWasm(),
    threads: async (network, count) =>
      (await import("./wasm/parallel-gradients.ts")).ParallelGradients.start(network, count),
  },
  cpu: {
    ...plain,
    start: async () => (await import("./cpu/start-cpu.ts")).startCpu(),
  },
} satisfies Record<StartableBackend, Engine> & Record<SetupBackend, { setUp: NonNullable<Engine["setUp"]> }>;

/** One of them, as all can be asked. */
export function engineOf(backend: StartableBackend): Engine {
  return engines[backend];
}

/**
 * Makes the process what the backend wants it to be, before anything is done or said: for XLA and for TensorFlow it may begin once more, in its own place. A
 * backend that does not work says so when it is started.
 */
export async function prepareProcess(wanted: BackendName): Promise<void> {
  const isThere = async (backend: "xla" | "native") =>
    backend === "xla"
      ? (await import("./xla/find-plugin.ts")).hasPlugin()
      : (await import("./tensorflow/tensorflow-build.ts")).hasTensorflow();
  for (const backend of ["xla", "native"] as const) {
    if (wanted !== backend && wanted !== "auto") continue;
    if (await isThere(backend)) await (await import("./huge-pages.ts")).useHugePages();
  }
}

/**
 * Names the PJRT plugin that `xla` computes with, in this process and in those that it starts.
 * @throws {BackendError} when there is no such file
 */
export async function usePlugin(path: string): Promise<void> {
  (await import("./xla/find-plugin.ts")).namePlugin(path);
}

/**
 * Starts the backend that is wanted; `auto` is the best that works.
 *
 * @returns the name of the backend that is now in use.
 * @throws {BackendError} when it does not work.
 */
export async function chooseBackend(wanted: BackendName): Promise<StartableBackend> {
  if (wanted !== "auto") {
    await startBackend(wanted);
    return wanted;
  }
  for (const backend of startableBackends) {
    try {
      await startBackend(backend);
      return backend;
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
    }
  }
  throw new BackendError(`expected at least the cpu backend to work, but none does; run: ${devicesHint}`);
}

/** Fetches what a backend needs: see {@link Engine.setUp}. @throws {BackendError} one line that says what is missing. */
export function setUpBackend(backend: SetupBackend, options: SetupOptions): Promise<string | null> {
  return engines[backend].setUp(options);
}

/** Makes a backend the current one, and sees it compute. @throws {BackendError} when it does not work. */
export function startBackend(backend: StartableBackend): Promise<Device> {
  return engines[backend].start();
}
