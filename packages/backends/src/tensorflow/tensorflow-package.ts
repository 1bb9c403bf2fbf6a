/** TensorFlow's package for Node, of which the kernels are used: what they run on is set up by itself. */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { KernelBackend, Tensor } from "@tensorflow/tfjs-core";

const require = createRequire(import.meta.url);

/** What it offers. Loading it registers the kernels of a backend named `tensorflow`. */
export interface TensorflowPackage {
  readonly NodeJSKernelBackend: new (binding: unknown, packageName: string) => TensorflowKernels;
}

/** The backend. */
export interface TensorflowKernels extends KernelBackend {
  readonly isUsingGpuDevice: boolean;
  /** Numbers that it knows kinds of attributes and of elements by. */
  readonly binding: Readonly<
    Record<"TF_ATTR_TYPE" | "TF_ATTR_INT" | "TF_ATTR_STRING" | "TF_ATTR_BOOL" | "TF_FLOAT", number>
  >;
  /** Runs one operation of TensorFlow. */
  executeSingleOutput(
    name: string,
    attributes: readonly { readonly name: string; readonly type: number; readonly value: unknown }[],
    inputs: readonly Tensor[],
  ): Tensor;
}

/** Where the package is loaded from. */
export const tensorflowPackage = fileURLToPath(new URL("tfjs-node.cjs", import.meta.url));

/** @param path of the package, or of what stands in for it. */
export function loadPackage(path: string): TensorflowPackage {
  restoreRemoved();
  return require(path);
}

/** The compiled binding between Node and TensorFlow, with TensorFlow itself. */
export function loadBinding(path: string): unknown {
  return require(path);
}

/**
 * What the package still calls and Node 23 has removed (Node 22 warns of it). It looks for it on `util` at every call, as CommonJS
 * modules do.
 */
const removed = {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: Array.isArray,
};

function restoreRemoved(): void {
  const util = require("node:util") as Record<string, unknown>;
  Object.assign(util, removed);
}
