/** TensorFlow's own packages for Node. Installed without their binaries, which `pnpm setup:cuda` and `setup:native` fetch. */
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export type TensorflowBackend = "cuda" | "native";

export const tensorflowPackages = {
  cuda: "@tensorflow/tfjs-node-gpu",
  native: "@tensorflow/tfjs-node",
} as const satisfies Record<TensorflowBackend, string>;

const require = createRequire(import.meta.url);

/** Its folder, or null where it is not installed. @param name of the package, or its folder itself. */
export function packageFolder(name: string): string | null {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return null;
  }
}

/** Has its build script put the binding to TensorFlow there? */
export function isBuilt(folder: string): boolean {
  const lib = join(folder, "lib");
  if (!existsSync(lib)) return false;
  return readdirSync(lib).some((napi) => existsSync(join(lib, napi, "tfjs_binding.node")));
}

/** Loads it, which registers the backend `tensorflow`. */
export function loadPackage(name: string): void {
  restoreRemoved();
  require(name);
}

/**
 * What the packages still call and Node 23 has removed (Node 22 warns of it). They look for it on `util` at every call, as CommonJS
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
