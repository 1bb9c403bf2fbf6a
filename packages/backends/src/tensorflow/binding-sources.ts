/** What the binding between Node and TensorFlow is compiled of: eight files of @tensorflow/tfjs-node, and the headers of Node's binary interface. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/** Of @tensorflow/tfjs-node. */
export const BINDING_VERSION = "4.22.0";

/** Files of C++. */
export function bindingSources(): string[] {
  // In a package, a copy of them lies beside this file; from source they are where they were installed.
  const copy = fileURLToPath(new URL("binding", import.meta.url));
  const folder = existsSync(copy)
    ? copy
    : join(dirname(require.resolve("@tensorflow/tfjs-node/package.json")), "binding");
  return [join(folder, "tfjs_backend.cc"), join(folder, "tfjs_binding.cc")];
}

/** The folder of Node's headers. */
export function nodeHeaders(): string {
  return (require("node-api-headers") as { include_dir: string }).include_dir;
}
