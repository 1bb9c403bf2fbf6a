/**
 * An app in one piece: what `node --import tsx src/main.ts` transpiles and loads a module at a time is one file here, which
 * starts in a quarter of the time. It still takes itself for the app from source: every module is told the place of its
 * source, so hints, models and packages are those of the repository. Only modules that start threads and processes are told
 * their place in the build, where what they start lies built beside them. (Their own way to start it from source is for a test
 * that runs the source.)
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Builds the app in `packageFolder` into `folder`.
 *
 * @param others entries of what it starts, from its package on.
 * @returns the path of its entry.
 */
export async function buildApp(
  packageFolder: string,
  folder: string,
  others: readonly string[] = [],
): Promise<string> {
  const [main] = await buildModules(packageFolder, ["src/main.ts", ...others], folder);
  return main!;
}

/** The same of any modules, which share what they load. @returns their paths in the build. */
export async function buildModules(
  packageFolder: string,
  modules: readonly string[],
  folder: string,
): Promise<string[]> {
  const packages = join(root, "packages");
  const sources = [packageFolder, ...readdirSync(packages).map((name) => join(packages, name))]
    .map((folder) => join(folder, "src"))
    .filter(existsSync); // a package that has moved leaves its node_modules behind
  const started = new Set(sources.flatMap(startedModules));
  const asked = modules.map((module) => join(packageFolder, module));
  await build({
    entryPoints: [...new Set([...asked, ...started])],
    outbase: root,
    outdir: folder,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    // As Node resolves, and not as a bundler would.
    conditions: [],
    sourcemap: true,
    logLevel: "error",
    plugins: [packagesOutside, requiredPackages, placesOfModules(folder)],
  });
  return asked.map((module) => builtPath(module, folder));
}

/** Entries of threads and processes, by their names. */
function startedModules(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.filter((file) => /-(worker|process)\.ts$/.test(file)).map((file) => join(folder, file));
}

function builtPath(source: string, folder: string): string {
  return resolve(folder, relative(root, source)).replace(/\.tsx?$/, ".js");
}

/** What comes from a registry is loaded from where it is installed for the module that asks. */
const packagesOutside: Plugin = {
  name: "packages-outside",
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      const isOurs = path.startsWith("@pixelcnn/");
      if (kind === "entry-point" || isOurs || isBuiltin(path) || pluginData === packagesOutside) {
        return undefined;
      }
      const found = await build.resolve(path, { kind, resolveDir, pluginData: packagesOutside });
      // One that is not installed is an error only if it is asked for.
      if (found.errors.length > 0) return { path, external: true };
      if (commonJs.test(found.path)) return { path: found.path, namespace: "required" };
      const isInside = manyModules.test(found.path) || importer.includes("/node_modules/");
      return { path: found.path, external: !(isInside && isModule(found.path)) };
    });
  },
};

/** But these, and the modules that they import, are part of the build: they look for no file beside them, and Node takes its time for each of their modules. */
const manyModules = /\/node_modules\/(?:@petamoriken\/float16|fast-png|ink|valibot)\//;

/** Whether a file of a package is an ECMAScript module; what others require cannot be built in. */
function isModule(path: string): boolean {
  const manifest = join(dirname(path), "package.json");
  if (path.endsWith(".mjs")) return true;
  if (!existsSync(manifest)) return isModule(dirname(path));
  return JSON.parse(readFileSync(manifest, "utf8")).type === "module";
}

/** TensorFlow.js, as CommonJS in files of up to several megabytes, and React with what Ink needs beside it. */
const commonJs =
  /\/@tensorflow\/tfjs[^/]*\/dist\/[^/]+\.node\.js$|\/node_modules\/(?:emoji-regex|onetime|react|react-reconciler|signal-exit|stack-utils)\/[^/]+\.js$/;

/**
 * These are loaded by `require`: where they are imported, Node first looks for the names of their exports, by a parser in JavaScript and in every process
 * and every thread anew, which is a good part of what a short command takes. Their names are those that they have here.
 */
const requiredPackages: Plugin = {
  name: "required-packages",
  setup(build) {
    build.onLoad({ filter: /./, namespace: "required" }, ({ path }) => {
      const names = Object.keys(createRequire(path)(path)).filter((name) => name !== "default");
      const required = `createRequire(${JSON.stringify(path)})(${JSON.stringify(path)})`;
      return {
        contents: `import { createRequire } from "node:module";
const required = ${required};
export default required;
export const { ${names.join(", ")} } = required;`,
      };
    });
  },
};

/** Every `import.meta.url` as the place that its module should have. */
function placesOfModules(folder: string): Plugin {
  return {
    name: "places-of-modules",
    setup(build) {
      build.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
        const source = await readFile(path, "utf8");
        const startsOthers = /from "node:(worker_threads|child_process)"/.test(source);
        const place = startsOthers ? builtPath(path, folder) : path;
        const contents = source.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(place).href));
        return { contents, loader: path.endsWith("x") ? "tsx" : "ts" };
      });
    },
  };
}
