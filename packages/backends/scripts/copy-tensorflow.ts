/**
 * Gives the built package what it takes of @tensorflow/tfjs-node: its kernels in one file, and the sources of its binding. The package itself is none of its
 * dependencies: its installation fetches a TensorFlow of 2021 from a place that many cannot reach.
 */
import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const from = fileURLToPath(new URL("../src/tensorflow/", import.meta.url));
const to = fileURLToPath(new URL("../dist/tensorflow/", import.meta.url));

await build({
  entryPoints: [join(from, "tfjs-node.cjs")],
  outfile: join(to, "tfjs-node.cjs"),
  bundle: true,
  platform: "node",
  // One TensorFlow.js a process, and of it the core alone: it has all that the kernels call.
  plugins: [
    {
      name: "core-alone",
      setup: ({ onResolve }) =>
        onResolve({ filter: /^@tensorflow\/tfjs(-core)?$/ }, () => ({
          path: "@tensorflow/tfjs-core",
          external: true,
        })),
    },
  ],
  legalComments: "eof",
  logLevel: "warning",
});
const binding = join(dirname(require.resolve("@tensorflow/tfjs-node/package.json")), "binding");
cpSync(binding, join(to, "binding"), { recursive: true });
// The licence of all of that, which the package names and does not bring. Called LICENSE, packing would take it for that of this package.
cpSync(
  join(dirname(require.resolve("typescript/package.json")), "LICENSE.txt"),
  join(to, "binding/apache-2.0.txt"),
);
