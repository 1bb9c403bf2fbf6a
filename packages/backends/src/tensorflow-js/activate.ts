import { matMul, ones, ready, setBackend, slice, tidy, version_core } from "@tensorflow/tfjs-core";
import { BackendError } from "../backend-error.ts";
import type { StartableBackend } from "../names.ts";

/** The version that every backend of it has. */
export const tensorflowJs = `TensorFlow.js ${version_core}`;

/** Rows and columns of the product below. Small tensors are no test: some backends hand them to the processor. */
const SIZE = 64;

/**
 * Makes a registered backend the current one of TensorFlow.js, and sees it compute.
 *
 * @param registered the name under which TensorFlow.js knows it.
 * @throws {BackendError} when it does not start, or computes something else than the right product.
 */
export async function activate(backend: StartableBackend, registered: string, fix: string): Promise<void> {
  let value: number;
  try {
    value = await quietly(async () => {
      if (!(await setBackend(registered))) throw new Error("TensorFlow.js cannot initialise it");
      await ready();
      const product = tidy(() => {
        const square = ones([SIZE, SIZE]);
        return slice(matMul(square, square), [SIZE - 1, SIZE - 1], [1, 1]);
      });
      const [corner] = await product.data();
      product.dispose();
      return corner!;
    });
  } catch (error) {
    throw BackendError.of(backend, firstLine(error), fix, error);
  }
  if (value !== SIZE) throw BackendError.of(backend, `it computes ${value} where ${SIZE} is right`, fix);
}

/** What an error of somebody else's package says, on one line. */
export function firstLine(error: unknown): string {
  const [line] = (error instanceof Error ? error.message : String(error)).trim().split("\n");
  return line!.trim().replace(/[.;:]$/, "");
}

/**
 * Runs something without what the packages under it say to everybody: advice to use another package, deprecations of Node
 * that are theirs to mend.
 */
export async function quietly<T>(run: () => Promise<T>): Promise<T> {
  const { warn } = console;
  const { noDeprecation } = process;
  console.warn = () => {};
  process.noDeprecation = true;
  try {
    return await run();
  } finally {
    console.warn = warn;
    process.noDeprecation = noDeprecation ?? false;
  }
}
