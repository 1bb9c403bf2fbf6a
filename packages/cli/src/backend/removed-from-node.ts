/**
 * What TensorFlow's packages for Node still call and Node 23 has removed (Node 22 warns of it). They find it on `util`, as
 * CommonJS modules do.
 */
import { createRequire } from "node:module";

const removed = {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: Array.isArray,
  isBoolean: (value: unknown) => typeof value === "boolean",
  isNumber: (value: unknown) => typeof value === "number",
  isString: (value: unknown) => typeof value === "string",
  isUndefined: (value: unknown) => value === undefined,
  isNull: (value: unknown) => value === null,
  isObject: (value: unknown) => typeof value === "object" && value !== null,
  isFunction: (value: unknown) => typeof value === "function",
};

/** Call it before the packages are loaded. */
export function restoreRemoved(): void {
  const util = createRequire(import.meta.url)("node:util") as Record<string, unknown>;
  Object.assign(util, removed);
}
