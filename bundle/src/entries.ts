/**
 * The entries of a bundle: one file per entry, and nothing of a registry beside them but what has native parts. The folder is laid out as the installed
 * package's, `dist/` under a package.json, so that every module finds its workers, probes, configs and models where it would find them there.
 */
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const insideFolder = fileURLToPath(new URL("../inside", import.meta.url));

/** Packages whose native parts lie in the bundle, or that it does without: asked for when they are needed, not when an entry starts. */
const nativePackages = ["koffi", "webgpu", "sharp", "@tensorflow/tfjs-node", "@tensorflow/tfjs-node-gpu"];

/** What an app tells its user to type is another thing in a bundle. */
const replaced: Readonly<Record<string, string>> = {
  "packages/cli/src/invocation.ts": "invocation.ts",
  "packages/backends/src/hints.ts": "hints.ts",
};

/** What is started by a person, and what is started by the report. Their names differ: all lie in one folder. */
const named = [
  "packages/cli/src/main.ts",
  "bench/report/report-main.ts",
  "bench/report/part-process.ts",
  "bench/report/agreement-process.ts",
  "bench/training/node-child.ts",
];

/** Node's CommonJS has these in every module, and what is bundled asks for them. */
const banner = [
  'import { createRequire as requireFrom } from "node:module";',
  "const require = requireFrom(import.meta.url);",
  "const __filename = import.meta.filename, __dirname = import.meta.dirname;",
].join("\n");

/** Builds every entry into `folder`. */
export async function buildEntries(folder: string): Promise<void> {
  await build({
    entryPoints: [...named.map((path) => join(root, path)), ...startedEntries()],
    outdir: folder,
    entryNames: "[name]",
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    // As Node resolves, and not as a bundler would.
    conditions: [],
    // Its CommonJS asks for its parts through a parameter, which no bundler follows.
    alias: { "jsonc-parser": join(packagesOf("packages/cli"), "jsonc-parser/lib/esm/main.js") },
    banner: { js: banner },
    // Names of classes are what some errors are told by.
    keepNames: true,
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "linked",
    logLevel: "error",
    plugins: [nativesWhenNeeded, wordsOfBundle],
  });
}

function packagesOf(workspace: string): string {
  return join(root, workspace, "node_modules");
}

/** What is started as a thread or a process, by its name. */
function startedEntries(): string[] {
  const packages = join(root, "packages");
  return readdirSync(packages).flatMap((name) => {
    const sources = join(packages, name, "src");
    if (!existsSync(sources)) return []; // what a package that was moved has left
    const files = readdirSync(sources, { recursive: true, encoding: "utf8" });
    return files.filter((file) => /-(worker|process)\.ts$/.test(file)).map((file) => join(sources, file));
  });
}

/** An import of one file that is bundled would be looked for at once, wherever it stands; `require` looks when it is called. */
const nativesWhenNeeded: Plugin = {
  name: "natives-when-needed",
  setup(build) {
    const filter = new RegExp(`^(${nativePackages.join("|")})$`);
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: "native" }));
    build.onLoad({ filter: /.*/, namespace: "native" }, ({ path }) => ({
      // Through another name, or it would be bundled after all.
      contents: `const load = require; module.exports = load(${JSON.stringify(path)});`,
      loader: "js",
    }));
  },
};

const wordsOfBundle: Plugin = {
  name: "words-of-bundle",
  setup(build) {
    build.onLoad({ filter: /\/(invocation|hints)\.ts$/ }, async ({ path }) => {
      const own = replaced[path.slice(root.length)];
      if (own === undefined) return undefined;
      return { contents: await readFile(join(insideFolder, own), "utf8"), loader: "ts" };
    });
  },
};
