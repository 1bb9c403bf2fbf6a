/** Who can take part, and how each is started. */
import { fileURLToPath } from "node:url";
import type { StartableBackend } from "@pixelcnn/backends";
import type { Invocation } from "./contender.ts";

/** Where PyTorch and JAX are, if they take part. */
export interface Peers {
  readonly pytorch?: string | undefined;
  readonly jax?: string | undefined;
}

/** What runs a module of this folder: as it is in development, and bundled. */
const runner: readonly string[] = import.meta.url.endsWith(".ts")
  ? ["--import", import.meta.resolve("tsx")]
  : [];
const nodeChild = import.meta.url.endsWith(".ts") ? "node-child.ts" : "node-child.js";

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** By name, in the order of a round. */
export function invocationsOf(
  backends: readonly StartableBackend[],
  { pytorch, jax }: Peers,
): ReadonlyMap<string, Invocation> {
  const invocations = new Map<string, Invocation>();
  for (const backend of backends) {
    invocations.set(backend, { file: process.execPath, words: [...runner, pathOf(nodeChild), backend] });
  }
  if (pytorch !== undefined) {
    const script = pathOf("pytorch_training.py");
    invocations.set("pytorch eager", { file: pytorch, words: [script, "eager"] });
    invocations.set("pytorch compiled", { file: pytorch, words: [script, "compiled"] });
  }
  if (jax !== undefined) invocations.set("jax", { file: jax, words: [pathOf("jax_training.py")] });
  return invocations;
}
