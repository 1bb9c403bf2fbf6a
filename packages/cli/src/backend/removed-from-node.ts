/**
 * What TensorFlow's packages for Node still call and Node 23 has removed (Node 22 warns of it). They look for it on `util` at
 * every call, as CommonJS modules do.
 */
import { createRequire } from "node:module";

const removed = {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: Array.isArray,
};

/** Call it before the packages are loaded. */
export function restoreRemoved(): void {
  const util = createRequire(import.meta.url)("node:util") as Record<string, unknown>;
  Object.assign(util, removed);
}
