/** Puts TensorFlow into the user's cache, and compiles the binding to it. What computes is loaded when there is something to compute. */
import { dirname, join } from "node:path";
import { BackendError } from "../backend-error.ts";
import type { SetupOptions } from "../engine.ts";
import { setUpWheels } from "../wheels/set-up-wheels.ts";
import { compileBinding, seeCompiler } from "./compile-binding.ts";
import { type TensorflowBackend, tensorflowHere } from "./tensorflow-build.ts";

/** What a GPU needs besides. */
export interface GpuSteps {
  /** Before anything is fetched. */
  readonly check: () => Promise<unknown>;
  /** Before TensorFlow is loaded. @param folder of what was unpacked */
  readonly load: (folder: string) => Promise<void>;
}

/**
 * @returns the binding's file; null after `remove`
 * @throws {BackendError} one line that says what failed and what to do
 */
export async function setUpTensorflow(
  backend: TensorflowBackend,
  options: SetupOptions,
  gpu?: GpuSteps,
): Promise<string | null> {
  const build = tensorflowHere(backend);
  if (build === undefined) {
    throw new BackendError(
      `expected a machine that TensorFlow is pinned for (Linux on x64), got ${process.platform} on ${process.arch}; ` +
        "use --backend wasm, which is always there",
    );
  }
  return setUpWheels(build, options, {
    check: async () => {
      await gpu?.check();
      await seeCompiler();
    },
    build: async (content) => {
      const binding = join(content, build.file);
      options.line("compiling the binding to it");
      await compileBinding(dirname(binding), binding);
      await gpu?.load(content);
      const { startTensorflow } = await import("./start-tensorflow.ts");
      return (await startTensorflow(backend, { binding })).name;
    },
  });
}
