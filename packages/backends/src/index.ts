/**
 * Engines in Node by name. Nothing heavy is loaded before an engine is asked something.
 *
 * @module @pixelcnn/backends
 */

export { BackendError, type BackendErrorOptions } from "./backend-error.ts";
export type {
  CompiledTraining,
  Device,
  Engine,
  MeasuredSize,
  SetupOptions,
  Speed,
  TrainingLimits,
} from "./engine.ts";
export { engineVersions } from "./engine-versions.ts";
export { chooseBackend, engineOf, prepareProcess, setUpBackend, startBackend, usePlugin } from "./engines.ts";
export {
  type BackendName,
  backendNames,
  type SetupBackend,
  type StartableBackend,
  setupBackends,
  startableBackends,
} from "./names.ts";
export { Probe, type ProbeAnswer, type Refusal, type Started } from "./probe/probe.ts";
export { trainingEngine } from "./training-engine.ts";
export { enableRelaxedSimd } from "./wasm/relaxed-simd.ts";
export { cacheFolder } from "./wheels/cache-folder.ts";
